import { canonicalJson } from '../base/canonical-json.ts';
import type { RuleStore } from '../orchestrator/ports.ts';
import type { SessionId } from '../protocol/ids.ts';
import type { FolderRule, SessionRule } from '../protocol/views.ts';
import type { Db } from './open-database.ts';
import { storageError } from './storage-error.ts';

interface Row {
  rule_id: string;
  provider: string;
  rule: string;
  created_at: number;
  made_by: string;
  expires_at: number | null;
}

const fromRow = <R extends Row>({ provider, rule, made_by, ...row }: R) => ({
  ...row,
  provider: provider as FolderRule['provider'],
  rule: JSON.parse(rule) as FolderRule['rule'],
  by: JSON.parse(made_by) as FolderRule['by'],
});

/** Adds rules of folders; part of the transaction that stores the answer which made them. */
export function ruleWriter(db: Db): (rule: FolderRule) => void {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO folder_rules (rule_id, cwd, provider, rule, created_at, made_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  return ({ rule_id, cwd, provider, rule, created_at, by, expires_at }) => {
    insert.run(rule_id, cwd, provider, JSON.stringify(rule), created_at, JSON.stringify(by), expires_at);
  };
}

/** Keeps the list of sessions' rules, which is derived from their logs; part of the transaction that stores the event. */
export function sessionRuleWriter(db: Db): { add(rule: SessionRule): void; remove(rule_id: string): void } {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO session_rules (rule_id, session_id, provider, rule, created_at, made_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const remove = db.prepare('DELETE FROM session_rules WHERE rule_id = ?');
  return {
    add({ rule_id, session_id, provider, rule, created_at, by, expires_at }) {
      insert.run(rule_id, session_id, provider, JSON.stringify(rule), created_at, JSON.stringify(by), expires_at);
    },
    remove: (rule_id) => void remove.run(rule_id),
  };
}

function refusable<R>(write: () => R): R {
  try {
    return write();
  } catch (error) {
    throw storageError(error);
  }
}

/** Lasting answers: those of folders are read, made and taken back here, or written with the answer that made them; those of sessions are listed. */
export function createRuleStore(db: Db): RuleStore {
  const byFolder = db.prepare<[string, string], Row & { cwd: string }>(
    'SELECT * FROM folder_rules WHERE cwd = ? AND provider = ? ORDER BY created_at',
  );
  const all = db.prepare<[], Row & { cwd: string }>('SELECT * FROM folder_rules ORDER BY cwd, created_at');
  const ofSessions = db.prepare<[], Row & { session_id: SessionId }>(
    'SELECT * FROM session_rules ORDER BY session_id, created_at',
  );
  const remove = db.prepare('DELETE FROM folder_rules WHERE rule_id = ?');
  const removeOver = db.prepare('DELETE FROM folder_rules WHERE expires_at <= ?');
  const insert = ruleWriter(db);
  const add = db.transaction((rule: FolderRule): FolderRule => {
    const same = byFolder
      .all(rule.cwd, rule.provider)
      .map(fromRow)
      .find((one) => one.expires_at === rule.expires_at && canonicalJson(one.rule) === canonicalJson(rule.rule));
    if (same) return same;
    insert(rule);
    return rule;
  });
  return {
    forFolder: (cwd, provider) => byFolder.all(cwd, provider).map(fromRow),
    list: () => all.all().map(fromRow),
    ofSessions: () => ofSessions.all().map(fromRow),
    add: (rule) => refusable(() => add.immediate(rule)),
    remove: (rule_id) => refusable(() => remove.run(rule_id).changes > 0),
    removeOver: (now) => removeOver.run(now).changes,
  };
}
