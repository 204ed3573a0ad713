import { setImmediate as breathe } from 'node:timers/promises';
import type { DurableEvent } from '../protocol/events.ts';
import type { Db } from './open-database.ts';

/** What one agent used in one session. */
export interface SessionCost {
  session_id: string;
  provider: string;
  cost_usd: number;
  /** It said of everything what it costs. */
  priced: boolean;
  input_tokens: number;
  output_tokens: number;
  cached_tokens: number;
  /** Messages of people and agents. */
  messages: number;
}

export interface CostStore {
  /** Everything there is, up to date with the log. Reads only what is new since it was last asked. */
  all(): Promise<SessionCost[]>;
}

/** Events that are looked at before other work gets its turn. */
const eventsAtOnce = 2_000;
/** Only bodies that hold one of these are parsed; the log writes them just so (canonical JSON). */
const marks = ['usage', 'turn_started', 'user_message', 'text', 'session_created'].map((type) => `"type":"${type}"`);

/** The only writer of `cost_cursors` and `session_costs`: sums over the log, kept so that no event is read twice. */
export function createCostStore(db: Db): CostStore {
  const behind = db.prepare<[], { session_id: string; seq: number; provider: string; head_seq: number }>(
    `SELECT s.session_id, s.head_seq, coalesce(c.seq, 0) AS seq, coalesce(c.provider, '') AS provider
     FROM sessions s LEFT JOIN cost_cursors c USING (session_id) WHERE s.head_seq > coalesce(c.seq, 0)`,
  );
  const events = db.prepare<[string, number, number], { seq: number; body: string }>(
    'SELECT seq, body FROM events WHERE session_id = ? AND seq > ? ORDER BY seq LIMIT ?',
  );
  const move = db.prepare(
    `INSERT INTO cost_cursors (session_id, seq, provider) VALUES (?, ?, ?)
     ON CONFLICT (session_id) DO UPDATE SET seq = excluded.seq, provider = excluded.provider`,
  );
  const add = db.prepare(
    `INSERT INTO session_costs (session_id, provider, cost_usd, priced, input_tokens, output_tokens, cached_tokens, messages)
     VALUES (@session_id, @provider, @cost_usd, @priced, @input_tokens, @output_tokens, @cached_tokens, @messages)
     ON CONFLICT (session_id, provider) DO UPDATE SET cost_usd = cost_usd + excluded.cost_usd, priced = min(priced, excluded.priced),
       input_tokens = input_tokens + excluded.input_tokens, output_tokens = output_tokens + excluded.output_tokens,
       cached_tokens = cached_tokens + excluded.cached_tokens, messages = messages + excluded.messages`,
  );
  const everything = db.prepare<[], Omit<SessionCost, 'priced'> & { priced: number }>(
    'SELECT * FROM session_costs ORDER BY session_id, provider',
  );

  /** One page of one session, with its place, in one transaction. @returns the place and the agent it ends with. */
  const readPage = db.transaction((session_id: string, seq: number, provider: string) => {
    const page = events.all(session_id, seq, eventsAtOnce);
    const sums = new Map<string, SessionCost>();
    let current = provider;
    for (const { body } of page) {
      if (!marks.some((mark) => body.includes(mark))) continue;
      const event = parsed(body);
      if (event === null) continue;
      if (event.type === 'session_created' || event.type === 'turn_started') current = event.provider;
      const told = countOf(event);
      if (told && current !== '') sums.set(current, sum(sums.get(current), { ...told, session_id, provider: current }));
    }
    for (const one of sums.values()) add.run({ ...one, priced: one.priced ? 1 : 0 });
    const last = page.at(-1)?.seq ?? seq;
    move.run(session_id, last, current);
    return { seq: last, provider: current, full: page.length === eventsAtOnce };
  });

  let running: Promise<void> | null = null;
  const catchUp = async () => {
    for (const { session_id, ...from } of behind.all()) {
      let at = { ...from, full: true };
      while (at.full) {
        at = { ...at, ...readPage.immediate(session_id, at.seq, at.provider) };
        await breathe();
      }
    }
  };
  return {
    async all() {
      running ??= catchUp().finally(() => {
        running = null;
      });
      await running;
      return everything.all().map((row) => ({ ...row, priced: row.priced === 1 }));
    },
  };
}

/** Null: damaged on disk; `verify` names it. */
function parsed(body: string): DurableEvent | null {
  try {
    return JSON.parse(body) as DurableEvent;
  } catch {
    return null;
  }
}

type Count = Omit<SessionCost, 'session_id' | 'provider'>;
const nothing: Count = {
  cost_usd: 0,
  priced: true,
  input_tokens: 0,
  output_tokens: 0,
  cached_tokens: 0,
  messages: 0,
};

function countOf(event: DurableEvent): Count | null {
  switch (event.type) {
    case 'user_message':
      return { ...nothing, messages: 1 };
    case 'text':
      return event.parent_tool_call_id === undefined ? { ...nothing, messages: 1 } : null;
    case 'usage':
      return {
        ...nothing,
        cost_usd: event.cost_usd ?? 0,
        priced: event.cost_usd !== undefined,
        input_tokens: event.input_tokens,
        output_tokens: event.output_tokens,
        cached_tokens: event.cached_tokens ?? 0,
      };
    default:
      return null;
  }
}

const sum = (before: SessionCost | undefined, more: SessionCost): SessionCost =>
  before === undefined
    ? more
    : {
        ...before,
        cost_usd: before.cost_usd + more.cost_usd,
        priced: before.priced && more.priced,
        input_tokens: before.input_tokens + more.input_tokens,
        output_tokens: before.output_tokens + more.output_tokens,
        cached_tokens: before.cached_tokens + more.cached_tokens,
        messages: before.messages + more.messages,
      };
