import { Readable } from 'node:stream';
import { z } from 'zod';
import { exportFormats, exportName, mediaTypes } from '../../export/events.ts';
import { exportSession } from '../../export/export.ts';
import type { BytesPiece, BytesQuery } from '../../export/pictures.ts';
import { NewChat } from '../../protocol/commands.ts';
import type { DurableEvent } from '../../protocol/events.ts';
import type { ExportPage } from '../../protocol/export.ts';
import { ProviderId, QueueId, SessionId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { Attachment, Effort, PermissionMode } from '../../protocol/values.ts';
import { SessionSummary } from '../../protocol/views.ts';
import { type Route, route } from '../route.ts';
import { answered, askHall, type OwnCall } from './ask.ts';
import type { RestDeps } from './deps.ts';
import { SessionParams } from './events.ts';
import { messagesOf, RestMessage } from './messages.ts';
import { PageQuery, pageOf } from './paging.ts';

const tag = 'Sessions';

/** A session, also under the names other gateways have for its fields. */
export const RestSession = SessionSummary.extend({
  id: SessionId,
  adapter: z.literal('quarterdeck'),
  external_id: SessionId,
});
const restSession = (session: SessionSummary) => ({
  id: session.session_id,
  adapter: 'quarterdeck',
  external_id: session.session_id,
  ...session,
});

const Opening = NewChat.omit({ type: true, command_id: true });
const Change = z
  .object({
    title: z.string().min(1).max(limits.titleChars),
    archived: z.boolean(),
    /** Null: the default of the agent. */
    model: z.string().min(1).max(200).nullable(),
    effort: Effort.nullable(),
    mode: PermissionMode,
    provider: ProviderId,
    cwd: z.string().min(1).max(limits.pathChars),
  })
  .partial();

/** The command that each field of a change stands for, in the order in which they are carried out. */
const changes: readonly [keyof z.infer<typeof Change>, (session_id: SessionId, value: unknown) => object][] = [
  ['archived', (session_id, archived) => ({ type: 'archive_session', session_id, archived })],
  ['title', (session_id, title) => ({ type: 'rename_session', session_id, title })],
  ['cwd', (session_id, cwd) => ({ type: 'set_workspace_scope', session_id, cwd })],
  ['provider', (session_id, provider) => ({ type: 'set_provider', session_id, provider })],
  ['model', (session_id, model) => ({ type: 'set_model', session_id, model })],
  ['effort', (session_id, effort) => ({ type: 'set_effort', session_id, effort })],
  ['mode', (session_id, mode) => ({ type: 'set_mode', session_id, mode })],
];

const QueueParams = z.object({ id: SessionId, queue_id: QueueId });
const Words = z.object({
  text: z.string().min(1).max(limits.promptChars),
  attachments: z.array(Attachment).max(limits.attachmentsPerMessage).optional(),
});
const Taken = z.object({ turn_id: z.string().optional(), queue_id: QueueId.optional() });

export function sessionRoutes(deps: RestDeps): Route[] {
  const ask = (call: OwnCall, frame: object, part?: string) => askHall(deps.hall, call, frame, part);

  return [
    route({
      method: 'GET',
      url: '/api/v1/sessions',
      access: 'sessions:read',
      tag,
      summary: 'Sessions, those that changed last first.',
      query: z.object({
        ...PageQuery,
        /** Words in the title, the folder, the last thing said or the goal. */
        text: z.string().trim().min(1).max(500).optional(),
        archived: z.stringbool().optional(),
        status: SessionSummary.shape.status.optional(),
        /** Sessions in this folder and below. */
        folder: z.string().min(1).max(limits.pathChars).optional(),
        provider: ProviderId.optional(),
      }),
      answer: () => z.array(RestSession),
      async handle(call) {
        const { status, ...query } = call.query;
        const page = await ask(call, { type: 'sessions_page', ...query, status: status ? [status] : undefined });
        if (!page.ok) return answered(page);
        const { sessions, next } = page.result as { sessions: SessionSummary[]; next: string | null };
        return pageOf(call.request.url, sessions.map(restSession), next);
      },
    }),
    route({
      method: 'POST',
      url: '/api/v1/sessions',
      access: 'chat',
      tag,
      summary: 'Opens a session in a folder.',
      idempotent: true,
      body: Opening,
      status: 201,
      answer: () => z.object({ session_id: SessionId, id: SessionId }),
      handle: async (call) =>
        answered(await ask(call, { type: 'new_chat', ...call.body }), (made: { session_id: SessionId }) => ({
          ...made,
          id: made.session_id,
        })),
    }),
    route({
      method: 'GET',
      url: '/api/v1/sessions/:id',
      access: 'sessions:read',
      tag,
      summary: 'One session.',
      params: SessionParams,
      answer: () => RestSession,
      handle: async (call) =>
        answered(
          await ask(call, { type: 'session_get', session_id: call.params.id }),
          ({ session }: { session: SessionSummary }) => restSession(session),
        ),
    }),
    route({
      method: 'PATCH',
      url: '/api/v1/sessions/:id',
      access: 'sessions:write',
      tag,
      summary: 'Renames a session, archives it or brings it back, or changes its folder, agent, model, effort or mode.',
      description:
        'Fields are carried out one after the other in this order: archived, title, cwd, provider, model, effort, mode. The first that is refused ends it; `changed` of the refusal says which were carried out. A mode in which the agent acts without asking also needs `approvals:write`.',
      idempotent: true,
      params: SessionParams,
      body: Change,
      answer: () => z.object({ session_id: SessionId, changed: z.array(z.string()) }),
      async handle(call) {
        const changed: string[] = [];
        for (const [field, command] of changes) {
          const value = call.body[field];
          if (value === undefined) continue;
          const done = await ask(call, command(call.params.id, value), field);
          if (!done.ok) return { refusal: { problem: done.error, fields: { changed } } };
          changed.push(field);
        }
        return { body: { session_id: call.params.id, changed } };
      },
    }),
    route({
      method: 'DELETE',
      url: '/api/v1/sessions/:id',
      access: 'sessions:write',
      tag,
      summary: 'Archives a session. It is not erased: its record stays on this machine.',
      idempotent: true,
      params: SessionParams,
      answer: () => z.object({ archived: z.literal(true), deleted: z.literal(false), message: z.string() }),
      handle: async (call) =>
        answered(
          await ask(call, { type: 'archive_session', session_id: call.params.id, archived: true }),
          () => archivedAnswer,
        ),
    }),
    route({
      method: 'GET',
      url: '/api/v1/sessions/:id/export',
      access: 'sessions:read',
      tag,
      summary: 'A session as a document: Markdown, HTML, or JSON with the hashes of its log.',
      description: 'The JSON says how it is verified; `quarterdeck verify --file FILE` does it.',
      params: SessionParams,
      query: z.object({ format: z.enum(exportFormats).default('md') }),
      answer: null,
      otherAnswers: {
        'text/markdown': 'The conversation.',
        'text/html': 'The conversation as one file without scripts.',
        'application/json': 'A `SessionFile`.',
      },
      async handle(call) {
        const session_id = call.params.id;
        const page = async (after_seq: number) => {
          const found = await ask(call, { type: 'export_page', session_id, after_seq });
          if (!found.ok) throw new Error(found.error.message);
          return found.result as ExportPage;
        };
        const bytes = async (query: BytesQuery) => {
          const found = await ask(call, { ...query, session_id });
          return found.ok ? (found.result as BytesPiece) : null;
        };
        const found = await ask(call, { type: 'session_get', session_id });
        if (!found.ok) return answered(found);
        const { session } = found.result as { session: SessionSummary };
        const { format } = call.query;
        return {
          stream: Readable.from(exportSession(format, session, { page, bytes }, Date.now()), { encoding: 'utf8' }),
          type: mediaTypes[format],
          headers: {
            'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(exportName(session.title, format))}`,
          },
        };
      },
    }),
    route({
      method: 'GET',
      url: '/api/v1/sessions/:id/messages',
      access: 'sessions:read',
      tag,
      summary: 'What was said in a session, oldest first; without a cursor the newest of it.',
      params: SessionParams,
      query: z.object({
        cursor: z.coerce.number().int().positive().optional(),
        /** Events that are looked at; messages are some of them. */
        limit: z.coerce.number().int().min(1).max(1_000).default(200),
      }),
      answer: () => z.array(RestMessage),
      async handle(call) {
        const { cursor: before_seq, limit } = call.query;
        const page = await ask(call, { type: 'history', session_id: call.params.id, before_seq, limit });
        if (!page.ok) return answered(page);
        const { events, next } = page.result as { events: DurableEvent[]; next: number | null };
        return pageOf(call.request.url, messagesOf(events), next);
      },
    }),
    route({
      method: 'POST',
      url: '/api/v1/sessions/:id/messages',
      access: 'chat',
      tag,
      summary: 'Says something in a session and does not wait for the answer.',
      description: 'A running turn is not disturbed: the message waits in the queue then (`queue_id`).',
      idempotent: true,
      bodyBytes: limits.frameBytes,
      params: SessionParams,
      body: Words,
      status: 202,
      answer: () => Taken,
      handle: async (call) => answered(await ask(call, { type: 'message', session_id: call.params.id, ...call.body })),
    }),
    route({
      method: 'POST',
      url: '/api/v1/sessions/:id/stop',
      access: 'chat',
      tag,
      summary: 'Stops the running turn and every process it started. Messages in the queue wait.',
      idempotent: true,
      params: SessionParams,
      body: z.object({ turn_id: z.string().max(80).optional() }).optional(),
      answer: () => z.object({ turn_id: z.string() }),
      handle: async (call) =>
        answered(await ask(call, { type: 'abort', session_id: call.params.id, turn_id: call.body?.turn_id })),
    }),
    route({
      method: 'GET',
      url: '/api/v1/sessions/:id/queue',
      access: 'sessions:read',
      tag,
      summary: 'Messages that wait for the running turn to end, the next one first.',
      params: SessionParams,
      answer: () => z.array(z.object({ queue_id: QueueId, text: z.string() })),
      handle: async (call) =>
        answered(
          await ask(call, { type: 'session_get', session_id: call.params.id }),
          ({ session }: { session: SessionSummary }) => session.queue,
        ),
    }),
    route({
      method: 'PATCH',
      url: '/api/v1/sessions/:id/queue/:queue_id',
      access: 'chat',
      tag,
      summary: 'Changes a waiting message, or moves it before another one (`before` null: to the end).',
      idempotent: true,
      bodyBytes: limits.frameBytes,
      params: QueueParams,
      body: z.object({ text: Words.shape.text.optional(), before: QueueId.nullable().optional() }),
      answer: () => z.object({ queue_id: QueueId }),
      async handle(call) {
        const { id: session_id, queue_id } = call.params;
        const { text, before } = call.body;
        if (text !== undefined) {
          const edited = await ask(call, { type: 'queue_edit', session_id, queue_id, text }, 'text');
          if (!edited.ok || before === undefined) return answered(edited);
        }
        return answered(
          await ask(call, { type: 'queue_move', session_id, queue_id, before: before ?? null }, 'before'),
        );
      },
    }),
    route({
      method: 'DELETE',
      url: '/api/v1/sessions/:id/queue/:queue_id',
      access: 'chat',
      tag,
      summary: 'Takes a waiting message out of the queue.',
      idempotent: true,
      params: QueueParams,
      answer: () => z.object({ queue_id: QueueId }),
      handle: async ({ params: { id: session_id, queue_id }, ...call }) =>
        answered(await ask(call, { type: 'queue_remove', session_id, queue_id })),
    }),
    route({
      method: 'POST',
      url: '/api/v1/sessions/:id/queue/:queue_id/send',
      access: 'chat',
      tag,
      summary: 'Sends a waiting message now: into the running turn where the agent can, else after stopping it.',
      idempotent: true,
      params: QueueParams,
      answer: () => Taken,
      handle: async ({ params: { id: session_id, queue_id }, ...call }) =>
        answered(await ask(call, { type: 'queue_send_now', session_id, queue_id })),
    }),
    route({
      method: 'POST',
      url: '/api/v1/sessions/:id/fork',
      access: ['chat', 'sessions:read'],
      tag,
      summary: 'A new session with everything that happened in this one, or with what came before an event.',
      idempotent: true,
      params: SessionParams,
      body: z
        .object({ before_seq: z.number().int().positive().nullable(), title: z.string().max(limits.titleChars) })
        .partial()
        .optional(),
      status: 201,
      answer: () => z.object({ session_id: SessionId }),
      handle: async (call) =>
        answered(
          await ask(call, {
            ...{ type: 'fork_session', session_id: call.params.id, before_seq: null },
            ...call.body,
          }),
        ),
    }),
  ];
}

const archivedAnswer = {
  archived: true,
  deleted: false,
  message:
    'The session was archived, not erased: its record stays in the data folder and it can be brought back (PATCH archived: false).',
};
