import { boundedTool, type TranscriptChange, type TranscriptItem, titleLine } from '../transcripts/transcript.ts';
import type { Db } from './open-vault.ts';
import type { TextStore } from './text-store.ts';

/** What reading changed of the conversation as a whole. */
export interface TranscriptFacts {
  provider_session_id: string;
  cwd: string | null;
  title: string;
  title_rank: number;
  part: number;
  items: number;
  first_at: number | null;
  last_at: number | null;
}

interface Slot {
  item: TranscriptItem;
  /** Number of its entry once it is stored. */
  n: number | null;
}

/** Carries out what the lines of one file change, inside a transaction of the caller. One for each file and transaction. */
export interface TranscriptWriter {
  carryOut(changes: readonly TranscriptChange[]): void;
  /** Stores what is still held back. @returns the facts as they are now, and the messages of people among what was added. */
  finish(): { facts: TranscriptFacts; said: { n: number; ts: number | null; text_id: number }[] };
}

export type OpenTranscript = (imp: number, facts: TranscriptFacts) => TranscriptWriter;

export function createTranscriptWriter(db: Db, texts: TextStore): OpenTranscript {
  const insert = db.prepare(
    'INSERT INTO items (imp, n, key, ts, kind, tool, failed, text_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const byKey = db.prepare<
    [number, string],
    { n: number; kind: string; tool: string | null; ts: number | null; text_id: number }
  >('SELECT n, kind, tool, ts, text_id FROM items WHERE imp = ? AND key = ?');
  const replace = db.prepare(
    'UPDATE items SET ts = ?, kind = ?, tool = ?, failed = ?, text_id = ? WHERE imp = ? AND n = ?',
  );
  const firstOf = db
    .prepare<[number, string, string], number | null>('SELECT min(n) FROM items WHERE imp = ? AND key >= ? AND key < ?')
    .pluck();
  const textsFrom = db.prepare<[number, number], number>('SELECT text_id FROM items WHERE imp = ? AND n >= ?').pluck();
  const removeFrom = db.prepare('DELETE FROM items WHERE imp = ? AND n >= ?');

  return (imp, known) => {
    const { provider_session_id, cwd, title, title_rank, part, items, first_at, last_at } = known;
    const facts = { provider_session_id, cwd, title, title_rank, part, items, first_at, last_at };
    const said: { n: number; ts: number | null; text_id: number }[] = [];
    let slots: Slot[] = [];
    const held = new Map<string, Slot>();

    const store = (): void => {
      for (const slot of slots) {
        const { item } = slot;
        facts.items += 1;
        const text_id = texts.put(item.title ?? '', item.body);
        insert.run(imp, facts.items, item.key, item.ts, item.kind, item.tool ?? null, item.failed ? 1 : 0, text_id);
        if (item.ts !== null) {
          facts.first_at ??= item.ts;
          facts.last_at = Math.max(facts.last_at ?? 0, item.ts);
        }
        if (item.kind === 'user') {
          said.push({ n: facts.items, ts: item.ts, text_id });
          if (facts.title_rank === 0)
            Object.assign(facts, { title: titleLine(texts.clean(item.body), 120), title_rank: 1 });
        }
      }
      slots = [];
      held.clear();
    };

    const cutFrom = (n: number): void => {
      const old = textsFrom.all(imp, n);
      removeFrom.run(imp, n);
      texts.release(old);
      facts.items = n - 1;
    };

    const put = (item: TranscriptItem): void => {
      const before = item.key === null ? undefined : held.get(item.key);
      if (before) {
        before.item = item;
        return;
      }
      const stored = item.key === null || facts.items === 0 ? undefined : byKey.get(imp, item.key);
      if (stored) {
        const text_id = texts.put(item.title ?? '', item.body);
        replace.run(item.ts, item.kind, item.tool ?? null, item.failed ? 1 : 0, text_id, imp, stored.n);
        if (text_id !== stored.text_id) texts.release([stored.text_id]);
        return;
      }
      const slot = { item, n: null };
      slots.push(slot);
      if (item.key !== null) held.set(item.key, slot);
    };

    const result = (change: Extract<TranscriptChange, { op: 'result' }>): void => {
      const join = (body: string) => boundedTool([body, change.body].filter(Boolean).join('\n'));
      const before = held.get(change.key);
      if (before) {
        before.item = { ...before.item, body: join(before.item.body), failed: change.failed };
        return;
      }
      const stored = facts.items === 0 ? undefined : byKey.get(imp, change.key);
      if (!stored) {
        // Its call stood in lines that were not kept.
        if (change.body !== '')
          put({ key: null, ts: change.ts, kind: 'tool', body: change.body, failed: change.failed });
        return;
      }
      const { title, body } = texts.get(stored.text_id);
      const text_id = texts.put(title, join(body));
      replace.run(stored.ts, stored.kind, stored.tool, change.failed ? 1 : 0, text_id, imp, stored.n);
      if (text_id !== stored.text_id) texts.release([stored.text_id]);
    };

    const about = (change: Extract<TranscriptChange, { op: 'about' }>): void => {
      facts.cwd ??= change.cwd ?? null;
      if (change.provider_session_id) facts.provider_session_id = change.provider_session_id;
      if (change.part) facts.part = 1;
      const rank = change.title ? (change.title.given ? 3 : 2) : 0;
      if (change.title && rank >= facts.title_rank) {
        Object.assign(facts, { title: titleLine(texts.clean(change.title.text), 120), title_rank: rank });
      }
    };

    return {
      carryOut(changes) {
        for (const change of changes) {
          switch (change.op) {
            case 'put':
              put(change.item);
              break;
            case 'result':
              result(change);
              break;
            case 'about':
              about(change);
              break;
            case 'clear':
              store();
              cutFrom(1);
              break;
            case 'drop_from': {
              store();
              const n = firstOf.get(imp, change.prefix, `${change.prefix}\uffff`);
              if (n) cutFrom(n);
              break;
            }
          }
        }
      },
      finish() {
        store();
        return { facts, said };
      },
    };
  };
}
