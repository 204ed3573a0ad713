import type { RuleStore } from '../orchestrator/ports.ts';
import type { FolderRule } from '../protocol/views.ts';
import type { Db } from './open-database.ts';

interface Row {
  rule_id: string;
  cwd: string;
  provider: string;
  rule: string;
  created_at: number;
  made_by: string;
}

const fromRow = (row: Row): FolderRule => ({
  rule_id: row.rule_id,
  cwd: row.cwd,
  provider: row.provider as FolderRule['provider'],
  rule: JSON.parse(row.rule) as FolderRule['rule'],
  created_at: row.created_at,
  by: JSON.parse(row.made_by) as FolderRule['by'],
});

/** Adds rules; part of the transaction that stores the answer which made them. */
export function ruleWriter(db: Db): (rule: FolderRule) => void {
  const insert = db.prepare(
    'INSERT OR IGNORE INTO folder_rules (rule_id, cwd, provider, rule, created_at, made_by) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return ({ rule_id, cwd, provider, rule, created_at, by }) => {
    insert.run(rule_id, cwd, provider, JSON.stringify(rule), created_at, JSON.stringify(by));
  };
}

/** Lasting answers that belong to a folder: read and taken back here, written with the answer that made them. */
export function createRuleStore(db: Db): RuleStore {
  const byFolder = db.prepare<[string, string], Row>(
    'SELECT * FROM folder_rules WHERE cwd = ? AND provider = ? ORDER BY created_at',
  );
  const all = db.prepare<[], Row>('SELECT * FROM folder_rules ORDER BY cwd, created_at');
  const remove = db.prepare('DELETE FROM folder_rules WHERE rule_id = ?');
  return {
    forFolder: (cwd, provider) => byFolder.all(cwd, provider).map(fromRow),
    list: () => all.all().map(fromRow),
    remove: (rule_id) => remove.run(rule_id).changes > 0,
  };
}
