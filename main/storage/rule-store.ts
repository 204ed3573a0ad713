import type { RuleStore } from '../orchestrator/ports.ts';
import type { FolderRule } from '../protocol/views.ts';
import type { Db } from './open-database.ts';

interface Row {
  rule_id: string;
  cwd: string;
  rule: string;
  created_at: number;
  made_by: string;
}

const fromRow = (row: Row): FolderRule => ({
  rule_id: row.rule_id,
  cwd: row.cwd,
  rule: JSON.parse(row.rule) as FolderRule['rule'],
  created_at: row.created_at,
  by: JSON.parse(row.made_by) as FolderRule['by'],
});

/** The only writer of `folder_rules`. */
export function createRuleStore(db: Db): RuleStore {
  const insert = db.prepare(
    'INSERT OR IGNORE INTO folder_rules (rule_id, cwd, rule, created_at, made_by) VALUES (?, ?, ?, ?, ?)',
  );
  const byFolder = db.prepare<[string], Row>('SELECT * FROM folder_rules WHERE cwd = ? ORDER BY created_at');
  const all = db.prepare<[], Row>('SELECT * FROM folder_rules ORDER BY cwd, created_at');
  const remove = db.prepare('DELETE FROM folder_rules WHERE rule_id = ?');
  return {
    forFolder: (cwd) => byFolder.all(cwd).map(fromRow),
    list: () => all.all().map(fromRow),
    add(rule) {
      insert.run(rule.rule_id, rule.cwd, JSON.stringify(rule.rule), rule.created_at, JSON.stringify(rule.by));
    },
    remove: (rule_id) => remove.run(rule_id).changes > 0,
  };
}
