import type { DurableEvent } from '../protocol/events.ts';
import { overwriting } from '../storage/overwriting.ts';
import type { Db } from './vault/open-vault.ts';
import type { TextStore } from './vault/text-store.ts';

const pageEvents = 500;

/** Keeps what the vault has to know of this app's own sessions: their words, their turns, and the CLIs' conversations behind them. */
export interface LogIndex {
  /**
   * Takes over what is new in the log, a page and its place in one transaction.
   * @param breathe - lets others have their turn.
   */
  update(breathe?: () => Promise<void>): Promise<void>;
  /** What the session list says of a session. */
  titleOf(session_id: string): { title: string; provider: string; cwd: string } | null;
}

/** @param log - the app's own database, opened for reading. */
export function createLogIndex(vault: Db, texts: TextStore, log: Db): LogIndex {
  const heads = log.prepare<[], { session_id: string; head_seq: number }>('SELECT session_id, head_seq FROM sessions');
  const bodies = log
    .prepare<[string, number, number], string>(
      'SELECT body FROM events WHERE session_id = ? AND seq > ? ORDER BY seq LIMIT ?',
    )
    .pluck();
  const summary = log.prepare<[string], string>('SELECT summary FROM sessions WHERE session_id = ?').pluck();
  const known = vault.prepare<[string], number>('SELECT seq FROM log_sessions WHERE session_id = ?').pluck();
  const all = vault.prepare<[], string>('SELECT session_id FROM log_sessions').pluck();
  const begin = vault.prepare(`INSERT OR IGNORE INTO log_sessions (session_id, seq, provider) VALUES (?, 0, '')`);
  const moveTo = vault.prepare('UPDATE log_sessions SET seq = ? WHERE session_id = ?');
  const setProvider = vault.prepare('UPDATE log_sessions SET provider = ? WHERE session_id = ?');
  const setImport = vault.prepare('UPDATE log_sessions SET import_id = ? WHERE session_id = ?');
  const setWarned = vault.prepare('UPDATE log_sessions SET warned_at = ? WHERE session_id = ?');
  const addItem = vault.prepare(
    'INSERT OR REPLACE INTO log_items (session_id, seq, ts, kind, text_id) VALUES (?, ?, ?, ?, ?)',
  );
  const addTurn = vault.prepare('INSERT OR REPLACE INTO log_turns (session_id, turn_id, started_at) VALUES (?, ?, ?)');
  const endTurn = vault.prepare('UPDATE log_turns SET ended_at = ? WHERE session_id = ? AND turn_id = ?');
  const unbind = vault.prepare('UPDATE log_bindings SET current = 0 WHERE session_id = ? AND provider = ?');
  const bind = vault.prepare(
    `INSERT INTO log_bindings (provider, provider_session_id, session_id, since, led, current) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET current = excluded.current`,
  );
  const textsOf = vault.prepare<[string], number>('SELECT text_id FROM log_items WHERE session_id = ?').pluck();
  const forgetting = ['log_items', 'log_turns', 'log_bindings', 'log_sessions'].map((table) =>
    vault.prepare(`DELETE FROM ${table} WHERE session_id = ?`),
  );

  /** The log is shorter than what was read of it, or gone: a backup was opened, or the session was deleted. */
  function forget(session_id: string): void {
    const old = textsOf.all(session_id);
    for (const statement of forgetting) statement.run(session_id);
    texts.release(old);
  }

  function take(event: DurableEvent): void {
    const { session_id, seq, ts } = event;
    switch (event.type) {
      case 'session_created':
        setProvider.run(event.provider, session_id);
        if (event.origin?.kind === 'import') {
          setImport.run(event.origin.import_id, session_id);
          bind.run(event.origin.provider, event.origin.provider_session_id, session_id, ts, 0, 0);
        }
        break;
      case 'session_changed':
        if (event.provider) setProvider.run(event.provider, session_id);
        break;
      case 'provider_session':
        unbind.run(session_id, event.provider);
        if (event.provider_session_id !== null) {
          const isCurrent = event.branch ? 0 : 1;
          bind.run(event.provider, event.provider_session_id, session_id, ts, event.branch ? 0 : 1, isCurrent);
        }
        break;
      case 'user_message':
      case 'text': {
        const kind = event.type === 'text' ? 'text' : 'user';
        if (event.text.trim() !== '') addItem.run(session_id, seq, ts, kind, texts.put('', event.text));
        break;
      }
      case 'turn_started':
        if (event.turn_id) addTurn.run(session_id, event.turn_id, ts);
        break;
      case 'turn_end':
        if (event.turn_id) endTurn.run(ts, session_id, event.turn_id);
        break;
      case 'notice':
        if (event.code === 'other_writer') setWarned.run(ts, session_id);
        break;
    }
  }

  const takePage = vault.transaction((session_id: string, page: readonly string[], seq: number) => {
    begin.run(session_id);
    for (const body of page) {
      const event = readEvent(body);
      if (event) take(event);
    }
    moveTo.run(seq, session_id);
  });
  const forgetAll = vault.transaction(forget);
  /** The room that its words took is overwritten, as in the log itself. */
  const forgetWhole = (session_id: string): void => overwriting(vault, () => forgetAll(session_id));

  return {
    async update(breathe) {
      const there = heads.all();
      const ids = new Set(there.map(({ session_id }) => session_id));
      for (const session_id of all.all()) if (!ids.has(session_id)) forgetWhole(session_id);
      for (const { session_id, head_seq } of there) {
        let seq = known.get(session_id) ?? 0;
        if (seq > head_seq) {
          forgetWhole(session_id);
          seq = 0;
        }
        while (seq < head_seq) {
          const page = bodies.all(session_id, seq, pageEvents);
          if (page.length === 0) break;
          seq += page.length;
          takePage(session_id, page, seq);
          await breathe?.();
        }
      }
    },
    titleOf(session_id) {
      try {
        const { title, provider, cwd } = JSON.parse(summary.get(session_id) ?? '') as Record<string, string>;
        return { title: title ?? '', provider: provider ?? '', cwd: cwd ?? '' };
      } catch {
        return null;
      }
    },
  };
}

/** Null for one that was damaged on disk. */
function readEvent(body: string): DurableEvent | null {
  try {
    return JSON.parse(body) as DurableEvent;
  } catch {
    return null;
  }
}
