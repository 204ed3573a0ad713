import { mkdirSync } from 'node:fs';
import { homePaths } from '../../main/home.ts';
import { SessionRuntime } from '../../main/orchestrator/session-runtime.ts';
import type { SessionEvent } from '../../main/protocol/events.ts';
import type { MessageId, ProviderId, SessionId, TurnId } from '../../main/protocol/ids.ts';
import type { Actor } from '../../main/protocol/values.ts';
import type { Decided } from '../../main/sessions/decide.ts';
import { createEventStore } from '../../main/storage/event-store.ts';
import { openDatabase } from '../../main/storage/open-database.ts';

const by: Actor = { kind: 'owner', via: 'window' };
const provider = 'demo' as ProviderId;
const at = 1_700_000_000_000;
/** Facts of one commit. */
const commitFacts = 2_000;

const paragraph =
  'The function reads the file, splits it into lines and keeps those that begin with the prefix it was given. ';

export const filledQuestion = (number: number): string => `Question ${number}: what does it do?`;

/** Answers of different heights, so that nothing about a row can be guessed from the one before it. */
export const filledAnswer = (number: number): string =>
  [
    `Answer ${number}. ${paragraph.repeat(1 + (number % 4))}`,
    number % 3 === 0
      ? '\n\n```ts\nconst kept = lines.filter((line) => line.startsWith(prefix));\nreturn kept;\n```'
      : '',
    number % 5 === 0 ? '\n\n| file | lines |\n| --- | ---: |\n| a.ts | 12 |\n| b.ts | 40 |' : '',
  ].join('');

function turn(number: number): Decided[] {
  const id = String(number).padStart(20, '0');
  const tool = { tool_call_id: `tool_${id}`, tool: 'read', kind: 'read', title: `file-${number}.ts` } as const;
  return turnOf(number, filledQuestion(number), [
    { type: 'tool_activity', phase: 'start', ...tool, input: { path: `file-${number}.ts` } },
    { type: 'tool_activity', phase: 'end', ...tool, status: 'completed', output: paragraph.repeat(2), duration_ms: 4 },
    { type: 'text', item_id: `text_${id}`, text: filledAnswer(number) },
  ]);
}

/**
 * Writes a long session into a home that no app is using, as the app itself would have written it.
 * @param session.messages - a question and an answer count as two.
 */
export function fillSession(home: string, session: NewSession & { messages: number }): void {
  writeSession(home, session, Array.from({ length: Math.floor(session.messages / 2) }, (_, at) => turn(at + 1)).flat());
}

interface NewSession {
  session_id: SessionId;
  cwd: string;
  title: string;
  /** Default: the built-in guide. */
  provider?: ProviderId;
}

/** One turn of these events, which is over unless one says otherwise. @param number - from 1 on, of this turn in its session. */
export function turnOf(number: number, text: string, events: readonly SessionEvent[], open = false): Decided[] {
  const id = String(number).padStart(20, '0');
  const message_id = `msg_${id}` as MessageId;
  const all: SessionEvent[] = [
    { type: 'user_message', message_id, text, by },
    { type: 'turn_started', message_id, provider, model: null, mode: 'ask' },
    ...events,
    ...(open ? [] : [{ type: 'turn_end', status: 'completed', duration_ms: 4100 } as const]),
  ];
  return all.map((event) => ({ turn_id: `turn_${id}` as TurnId, event }));
}

/** Writes a session with these facts into a home that no app is using. */
export function writeSession(home: string, session: NewSession, turns: readonly Decided[]): void {
  mkdirSync(home, { recursive: true });
  const db = openDatabase(homePaths(home).database);
  const created: SessionEvent = {
    type: 'session_created',
    cwd: session.cwd,
    provider: session.provider ?? provider,
    model: null,
    mode: 'ask',
    title: session.title,
    by,
  };
  const facts: Decided[] = [{ turn_id: null, event: created }, ...turns];
  const runtime = new SessionRuntime(session.session_id, createEventStore(db));
  for (let from = 0; from < facts.length; from += commitFacts)
    runtime.commit(facts.slice(from, from + commitFacts), at);
  db.close();
}
