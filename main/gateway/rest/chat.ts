import { z } from 'zod';
import type { Problem } from '../../protocol/errors.ts';
import { ProviderId, SessionId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { Attachment, Effort, PermissionMode } from '../../protocol/values.ts';
import { tooManyConnections, wrongPart } from '../problems.ts';
import { type Answer, type Call, type Route, route } from '../route.ts';
import type { ChatEnd, ChatEvents } from './chat-events.ts';
import { ChatFollower, type ChatWords } from './chat-follower.ts';
import type { RestDeps } from './deps.ts';
import { EventStream } from './event-stream.ts';

const ChatBody = z.object({
  message: z.string().min(1).max(limits.promptChars).optional(),
  session_id: SessionId.optional(),
  /** The agent of a new session; `agent` is the same under the name other gateways have for it. */
  provider: ProviderId.optional(),
  agent: ProviderId.optional(),
  cwd: z.string().min(1).max(limits.pathChars).optional(),
  mode: PermissionMode.optional(),
  model: z.string().min(1).max(200).nullish(),
  effort: Effort.nullish(),
  title: z.string().max(limits.titleChars).optional(),
  attachments: z.array(Attachment).max(limits.attachmentsPerMessage).optional(),
});

export const ChatAnswer = z.object({
  session_id: SessionId,
  /** Everything the agent said in the turn; its blocks stand apart by an empty line. */
  response: z.string(),
  turn_id: z.string().nullable(),
  /** `queued`: the message waits, because the turn before it did not end well; a person decides. */
  status: z.enum(['completed', 'queued']),
  /** Last event of the turn. */
  seq: z.number().int(),
  usage: z
    .object({
      input_tokens: z.number().int(),
      output_tokens: z.number().int(),
      cached_tokens: z.number().int(),
      cost_usd: z.number().nullable(),
    })
    .nullable(),
});

const description = `Without \`session_id\` a new session is opened; it needs \`provider\` (or \`agent\`) and \`cwd\`. The turn belongs to the session: a client that goes away stops nothing.
When the agent asks for an approval, the answer waits until somebody gives it (\`/api/v1/approvals\`).
With \`Accept: text/event-stream\` the turn is told as it happens: \`thinking\`, \`thinking_delta\`, \`content_delta\`, \`tool_start\`, \`tool_end\`, \`tool_approval\`, \`usage\`, at the end \`content\` with the whole text, and \`done\`; a failure is \`error\` and then \`done\`. The \`id\` of an event is the \`seq\` of the last durable event it contains.
To go on after a lost connection, send \`Last-Event-ID\` with the \`session_id\` and no \`message\` (or with the same \`Idempotency-Key\` and the same body).`;

/** Says something to an agent and gives back what it answers. */
export function chatRoutes(deps: RestDeps): Route[] {
  return [
    route({
      method: 'POST',
      url: '/api/v1/chat',
      access: 'chat',
      tag: 'Chat',
      summary: 'Says something to an agent; answers when its turn has ended, or tells the turn as it happens.',
      description,
      idempotent: true,
      bodyBytes: limits.frameBytes,
      body: ChatBody,
      answer: () => ChatAnswer,
      otherAnswers: { 'text/event-stream': 'The turn as it happens.' },
      handle(call) {
        const { message, session_id, provider, agent, ...rest } = call.body;
        const after = lastEventId(call.request.headers['last-event-id']);
        if (message === undefined && (after === null || session_id === undefined)) {
          return wrong('message', 'it is missing; only a client that resumes a session (Last-Event-ID) sends none');
        }
        if (session_id === undefined && (rest.cwd === undefined || (provider ?? agent) === undefined)) {
          return wrong('session_id', 'it is missing, and a new session needs "provider" and "cwd"');
        }
        const { attachments, ...opening } = rest;
        const words: ChatWords = {
          session_id,
          message,
          opening:
            session_id === undefined ? { attachments, ...opening, provider: provider ?? agent } : { attachments },
          after,
        };
        return (call.request.headers.accept ?? '').includes('text/event-stream')
          ? stream(deps, call, words)
          : wait(deps, call, words);
      },
    }),
  ];
}

const wrong = (field: string, why: string): Answer => ({ refusal: { problem: wrongPart('body', field, why) } });

/** The number of the last event a client saw; null: it saw none. */
export function lastEventId(header: string | string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : null;
}

async function stream(deps: RestDeps, call: Call, words: ChatWords): Promise<Answer> {
  let out: EventStream | null = null;
  const follower: ChatFollower = new ChatFollower(deps, call, {
    busy: () => out?.busy() ?? false,
    onceDrained: (callback) => (out ? out.onceDrained(callback) : queueMicrotask(callback)),
    events(events) {
      for (const event of events) out?.send(event);
    },
    ended({ status, seq, problem }, { turn_id }) {
      // A turn that ended says so itself; what never began does not.
      const untold = status === 'queued' || status === 'cancelled' || turn_id === null;
      const done = { type: 'done', session_id: follower.session_id, turn_id, status, seq, code: problem?.code };
      if (untold) out?.send({ event: 'done', id: seq, data: done });
      out?.end();
    },
    closed: (code, message) => out?.close(code, message),
  });
  // Until the hall has taken the message it is an ordinary request, which is refused with a status.
  const said = await follower.say(words);
  if (!said.ok) return refused(follower, said.error);
  let leave: (() => void) | null = null;
  out = new EventStream(call.take(), call.signedIn, deps.clock, () => {
    leave?.();
    follower.close();
  });
  leave = deps.connections.add(out);
  if (leave === null) out.close('overloaded', tooManyConnections(limits.connections).message);
  else follower.follow();
  return { taken: true };
}

async function wait(deps: RestDeps, call: Call, words: ChatWords): Promise<Answer> {
  let answer: (answer: Answer) => void = () => {};
  const answered = new Promise<Answer>((resolve) => {
    answer = resolve;
  });
  const refuse = (code: Problem['code'], message: string) => answer({ refusal: { problem: { code, message } } });
  const follower: ChatFollower = new ChatFollower(deps, call, {
    busy: () => false,
    onceDrained: (callback) => queueMicrotask(callback),
    events: () => {},
    ended: (end, chat) => answer(answerOf(end, chat, follower.session_id!)),
    closed: refuse,
  });
  const said = await follower.say(words);
  if (!said.ok) return refused(follower, said.error);
  const gone = () => answer({ taken: true });
  const leave = deps.connections.add({
    principal: call.principal,
    expiresAt: call.signedIn.expiresAt,
    heard: true,
    ping: () => {},
    terminate: gone,
    close: refuse,
  });
  if (leave === null) return refused(follower, tooManyConnections(limits.connections));
  call.request.socket.once('close', gone);
  follower.follow();
  try {
    return await answered;
  } finally {
    call.request.socket.off('close', gone);
    leave();
    follower.close();
  }
}

function refused(follower: ChatFollower, problem: Problem): Answer {
  follower.close();
  return { refusal: { problem } };
}

function answerOf({ status, problem, seq }: ChatEnd, chat: ChatEvents, session_id: SessionId): Answer {
  const { turn_id, text: response, usage } = chat;
  const fields = { session_id, response, turn_id, status, seq, usage };
  if (status === 'completed') return { body: fields };
  if (status === 'queued') return { status: 202, body: fields };
  return { refusal: { problem: problem ?? notAnswered[status], fields } };
}

const notAnswered: Readonly<Record<Exclude<ChatEnd['status'], 'completed' | 'queued'>, Problem>> = {
  aborted: {
    code: 'conflict',
    message: 'Somebody stopped this turn.',
    impact: 'What the agent had said by then is in "response"; changes it made to files stand.',
    next: 'Send another message to go on.',
  },
  cancelled: {
    code: 'conflict',
    message: 'Somebody took this message out of the queue before its turn.',
    impact: 'The agent did not hear of it.',
    next: 'Send it again if it is still meant.',
  },
  failed: {
    code: 'provider_failed',
    message: 'The turn failed.',
    impact: 'What the agent had said by then is in "response".',
    next: 'Send the message again, or look at the session for what happened.',
  },
  interrupted: {
    code: 'interrupted',
    message: 'The app ended under this turn.',
    impact: 'What had arrived by then is in "response".',
    next: 'Send another message to go on.',
  },
};
