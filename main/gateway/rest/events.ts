import { z } from 'zod';
import { DurableEvent } from '../../protocol/events.ts';
import type { ServerFrame, ServerFrameOf } from '../../protocol/frames.ts';
import { SessionId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { HallClient } from '../hall-client.ts';
import { tooManyConnections } from '../problems.ts';
import { type Answer, type Call, type Route, route } from '../route.ts';
import { lastEventId } from './chat.ts';
import type { RestDeps } from './deps.ts';
import { EventStream } from './event-stream.ts';

const whole = z.coerce.number().int().nonnegative();
const EventsQuery = z.object({
  /** Events after this one. */
  after_seq: whole.optional(),
  limit: whole.min(1).max(1_000).default(200),
});
export const SessionParams = z.object({ id: SessionId });

/** The log of a session: as a page, and as a stream that goes on. Both are one operation of the hall, `attach`. */
export function eventRoutes(deps: RestDeps): Route[] {
  return [
    route({
      method: 'GET',
      url: '/api/v1/sessions/:id/events',
      access: 'sessions:read',
      tag: 'Sessions',
      summary: 'The durable events of a session after one of them: a page, or a stream that goes on.',
      description:
        'With `Accept: text/event-stream` everything after `after_seq` (or `Last-Event-ID`) is sent and then what happens, until the client leaves: each durable event under its own type with `id` = `seq`, what is still open as `item_snapshot`, and deltas without an id. Nothing is left out and nothing comes twice.',
      params: SessionParams,
      query: EventsQuery,
      answer: () =>
        z.object({
          events: z.array(DurableEvent),
          /** Last event of the session. */
          seq: z.number().int(),
          /** `after_seq` of the next page; null: there is none yet. */
          next: z.number().int().nullable(),
          /** The client knew more than there is (a backup was opened); these are from the beginning. */
          reset: z.boolean(),
        }),
      otherAnswers: { 'text/event-stream': 'Everything after `after_seq`, then what happens.' },
      handle(call) {
        const own: Call = call;
        const { id } = call.params;
        const { after_seq, limit } = call.query;
        if (!(call.request.headers.accept ?? '').includes('text/event-stream')) {
          return page(deps, own, id, after_seq ?? 0, limit);
        }
        return stream(deps, own, id, lastEventId(call.request.headers['last-event-id']) ?? after_seq ?? 0);
      },
    }),
  ];
}

/** Reads until there are enough, then is "busy", which stops the hall in its tracks. */
async function page(
  { hall }: RestDeps,
  { principal }: Call,
  session_id: SessionId,
  after_seq: number,
  limit: number,
): Promise<Answer> {
  const events: DurableEvent[] = [];
  let done: () => void = () => {};
  const complete = new Promise<void>((resolve) => {
    done = resolve;
  });
  const enough = () => events.length >= limit;
  const sink = { busy: enough, onceDrained: () => {}, close: () => done() };
  const client = new HallClient(hall, principal, sink, (frame) => {
    if (frame.type === 'events') events.push(...(frame as ServerFrameOf<'events'>).events);
    if (frame.type === 'attached' || frame.type === 'problem' || enough()) done();
  });
  try {
    const attached = await client.answerTo({ type: 'attach', session_id, after_seq });
    if (!attached.ok) return { refusal: { problem: attached.error } };
    const { seq, reset } = attached.result as { seq: number; reset: boolean };
    if (seq > (reset ? 0 : after_seq)) await complete;
    const told = events.slice(0, limit);
    const last = told.at(-1)?.seq ?? seq;
    return { body: { events: told, seq, next: last < seq ? last : null, reset } };
  } finally {
    client.close();
  }
}

async function stream(
  { hall, clock, connections }: RestDeps,
  call: Call,
  session_id: SessionId,
  after_seq: number,
): Promise<Answer> {
  let out: EventStream | null = null;
  /** What the hall holds back until there is somewhere to send it. */
  const held: (() => void)[] = [];
  const early: ServerFrame[] = [];
  let seq = after_seq;
  const tell = (frame: ServerFrame) => {
    if (frame.type === 'events') {
      for (const event of (frame as ServerFrameOf<'events'>).events) {
        seq = event.seq;
        out?.send({ event: event.type, id: event.seq, data: event });
      }
    } else if (frame.type === 'attached') out?.send({ event: frame.type, id: seq, data: frame });
    else if (frame.type !== 'welcome') out?.send({ event: frame.type, data: frame });
  };
  const client = new HallClient(
    hall,
    call.principal,
    {
      busy: () => out?.busy() ?? true,
      onceDrained: (callback) => (out ? out.onceDrained(callback) : held.push(callback)),
      close: (code, message) => out?.close(code, message),
    },
    (frame) => (out ? tell(frame) : early.push(frame)),
  );
  const attached = await client.answerTo({ type: 'attach', session_id, after_seq });
  if (!attached.ok) {
    client.close();
    return { refusal: { problem: attached.error } };
  }
  let leave: (() => void) | null = null;
  out = new EventStream(call.take(), call.signedIn, clock, () => {
    leave?.();
    client.close();
  });
  leave = connections.add(out);
  if (leave === null) {
    out.close('overloaded', tooManyConnections(limits.connections).message);
    return { taken: true };
  }
  const { reset } = attached.result as { reset: boolean };
  if (reset) out.send({ event: 'reset', id: 0, data: { type: 'reset', session_id } });
  for (const frame of early.splice(0)) tell(frame);
  for (const callback of held.splice(0)) out.onceDrained(callback);
  return { taken: true };
}
