import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import type { Result } from '../../base/result.ts';
import type { Principal } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import { UploadedFile } from '../../protocol/files.ts';
import { SessionId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Attachment } from '../../protocol/values.ts';
import type { FileRoots } from '../../security/file-roots.ts';
import { type Answer, type Call, type Route, route } from '../route.ts';
import { mediaType } from './media-type.ts';
import { receiveFile } from './receive.ts';
import { serveFile } from './serve.ts';

/** A file that came in and has its name. */
export interface Kept {
  path: string;
  name: string;
  image: string | null;
  bytes: number;
}

/** Where uploads of a principal go. */
export interface Uploads {
  begin(
    name: string,
    principal: Principal,
  ): Promise<
    Result<{ bytes: NodeJS.WritableStream; keep(): Promise<Result<Kept, Problem>>; discard(): Promise<void> }, Problem>
  >;
  /** The same bytes as an attachment that a message can refer to; null: too large for one, or not possible now. */
  attach(kept: Kept, mime: string, principal: Principal): Promise<Attachment | null>;
}

export interface FileRouteDeps {
  roots: FileRoots;
  uploads: Uploads;
  /** Largest upload, bytes. */
  maxUploadBytes(): number;
  clock: Clock;
  connections(): number;
}

const path = z.string().min(1).max(limits.pathChars);
const bytes = { 'application/octet-stream': 'The bytes of the file, or the part a Range header asks for (206).' };
/** What ductor's clients are told of an upload. */
const DuctorUpload = UploadedFile.omit({ attachment: true });

/** Files over HTTP: ours, and the three addresses that ductor's clients know. */
export function createFileRoutes(deps: FileRouteDeps): readonly Route[] {
  const download = async (
    { request, principal }: { request: IncomingMessage; principal: Principal },
    file: string,
    session_id?: SessionId,
  ): Promise<Answer> => {
    const opened = await deps.roots.open(file, principal, session_id);
    return opened.ok
      ? serveFile(opened.value, request.headers, request.method ?? 'GET')
      : { refusal: { problem: opened.error } };
  };
  const upload = async ({ request, principal }: Pick<Call, 'request' | 'principal'>) => {
    const receiver = {
      async begin(name: string, mime: string) {
        const begun = await deps.uploads.begin(name, principal);
        if (!begun.ok) return begun;
        const incoming = begun.value;
        const write = (file: Readable) => pipeline(file, incoming.bytes);
        const keep = async () => {
          const kept = await incoming.keep();
          return kept.ok ? { ok: true as const, value: { kept: kept.value, mime } } : kept;
        };
        return { ok: true as const, value: { write, keep, discard: () => incoming.discard() } };
      },
    };
    const received = await receiveFile(request, receiver, { maxBytes: deps.maxUploadBytes(), clock: deps.clock });
    if (!received.ok) {
      leaveUnread(request, deps.clock);
      return { refusal: { problem: received.error, headers: { connection: 'close' } } };
    }
    const { kept, caption } = received.value;
    const mime = kept.kept.image ?? typeOf(kept.mime, kept.kept.name);
    const file = { path: kept.kept.path, name: kept.kept.name, mime, size: kept.kept.bytes };
    return { kept: kept.kept, file: { ...file, prompt: promptOf(file, caption) } };
  };

  return [
    route({
      method: 'GET',
      url: '/api/v1/files',
      access: 'files:read',
      tag: 'Files',
      summary: 'Downloads a file of a session’s folder, or one that was uploaded.',
      description:
        'A relative path is one of the folder of `session_id`. Range, If-Range and If-None-Match are honoured; the ETag changes with every write. Always an attachment.',
      query: z.object({ path, session_id: SessionId.optional() }),
      answer: null,
      otherAnswers: bytes,
      handle: (call) => download(call, call.query.path, call.query.session_id),
    }),
    route({
      method: 'POST',
      url: '/api/v1/uploads',
      access: 'files:write',
      raw: true,
      tag: 'Files',
      summary: 'Uploads one file (multipart/form-data: `file`, then perhaps `caption`).',
      answer: () => UploadedFile.extend({ attachment: UploadedFile.shape.attachment.nullable() }),
      status: 201,
      async handle(call) {
        const done = await upload(call);
        if ('refusal' in done) return done as Answer;
        return {
          body: { ...done.file, attachment: await deps.uploads.attach(done.kept, done.file.mime, call.principal) },
        };
      },
    }),
    route({
      method: 'GET',
      url: '/health',
      access: 'anyone',
      link: 'any',
      tag: 'ductor',
      summary: 'Says that the gateway answers, as ductor does.',
      answer: () => z.object({ status: z.literal('ok'), connections: z.number().int() }),
      handle: () => ({ body: { status: 'ok', connections: deps.connections() } }),
    }),
    route({
      method: 'GET',
      url: '/files',
      access: 'files:read',
      tag: 'ductor',
      summary: 'Downloads a file by its absolute path, as ductor does.',
      query: z.object({ path }),
      answer: null,
      otherAnswers: bytes,
      handle: (call) => download(call, call.query.path),
    }),
    route({
      method: 'POST',
      url: '/upload',
      access: 'files:write',
      raw: true,
      tag: 'ductor',
      summary: 'Uploads one file, as ductor does: `file` first, then perhaps `caption`.',
      answer: () => DuctorUpload,
      async handle(call) {
        const done = await upload(call);
        return 'refusal' in done ? (done as Answer) : { body: done.file };
      },
    }),
  ];
}

/** A type a client named, if it is one by its shape; else by the ending. */
const typeOf = (named: string, name: string): string =>
  /^[a-z]{1,30}\/[a-z0-9.+-]{1,60}$/i.test(named) && !/^application\/octet-stream$/i.test(named)
    ? named.toLowerCase()
    : mediaType(name).split(';')[0]!;

/** Words that tell an agent of a file. */
function promptOf(file: { path: string; name: string; mime: string; size: number }, caption: string | null): string {
  const said = caption?.trim() ? `\n${caption.trim()}` : '';
  return `I sent you the file "${file.name}" (${file.mime}, ${file.size} bytes). It is at ${file.path}${said}`;
}

/** How long the rest of a refused body is let run past, so that a client that still sends can read why. */
const unreadMs = 3_000;
function leaveUnread(request: IncomingMessage, clock: Clock): void {
  if (request.complete || request.destroyed) return;
  request.resume();
  const cancel = clock.after(unreadMs, () => request.destroy());
  request.once('close', cancel);
}
