/** Appending to the event log, next to SQLite without us. */
import { SessionRuntime } from '../main/orchestrator/session-runtime.ts';
import { summarize } from '../main/sessions/summary.ts';
import { createEventStore } from '../main/storage/event-store.ts';
import type { Db } from '../main/storage/open-database.ts';
import { openFresh, session_id } from './harness/log.ts';
import { bodyBytes, count, events, rows, timed } from './harness/long-session.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { interleave } from './harness/rounds.ts';

/** Appends the event at this place; each call is one commit. */
type Append = (at: number) => void;

function raw(db: Db): Append {
  const insert = db.prepare('INSERT INTO events (session_id, seq, body, hash) VALUES (?, ?, ?, ?)');
  return (at) => {
    const { seq, body, hash } = rows[at]!;
    insert.run(session_id, seq, body, hash);
  };
}

function stored(db: Db): Append {
  const store = createEventStore(db);
  const summary = summarize(new SessionRuntime(session_id, store).state);
  return (at) => {
    const { seq, body } = rows[at]!;
    store.append({ session_id, ts: seq, events: [{ seq, body }], summary });
  };
}

function committed(db: Db): Append {
  const runtime = new SessionRuntime(session_id, createEventStore(db));
  return (at) => runtime.commit([events[at]!], at);
}

/** All events are appended once, a part of them in each round, so that a disk that is busy for a while is busy for all. */
const rounds = 10;
const part = count / rounds;

function inParts(make: (db: Db) => Append): () => Promise<{ us: number }> {
  const db = openFresh();
  const append = make(db);
  let from = 0;
  return async () => {
    const to = from + part;
    const ms = timed(() => {
      for (let at = from; at < to; at += 1) append(at);
    });
    from = to;
    const { n } = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM events').get()!;
    if (n !== to) throw new Error(`${n} of ${to} events were appended`);
    return { us: (ms * 1000) / part };
  };
}

for (const make of [raw, stored, committed]) await inParts(make)();
const names = { raw: 'better-sqlite3: INSERT', store: 'event store', runtime: 'session: apply, encode, store' };
const found = await interleave(
  [
    { name: names.raw, run: inParts(raw) },
    { name: names.store, run: inParts(stored) },
    { name: names.runtime, run: inParts(committed) },
  ],
  { rounds, warmUps: 0 },
);
report({
  name: 'append',
  title: `Append: ${count.toLocaleString('en')} events, one commit each, synchronous=FULL`,
  about:
    'The bare INSERT writes the same rows into the same table, one transaction each. The store also chains the hash and moves the head and the ' +
    'summary of the session; a session also derives its next state and writes the canonical JSON. Each round appends a tenth.',
  ...tableOf(found, [{ measure: 'us', label: 'us/event', format: fixed(0) }], names.raw, ['us']),
  goals: [],
  notes: [`${fixed(0)(bodyBytes / count)} bytes an event; the disk decides most of it`],
  rounds,
});
process.exit(0);
