import { z } from 'zod';
import { SessionId } from './ids.ts';
import { limits } from './limits.ts';
import { query } from './query.ts';
import { Attachment } from './values.ts';

/**
 * One piece of a file on the machine of the app, at most `limits.chunkBytes`. Files in the folders of sessions the client may see, and those it uploaded; a
 * relative path is one of the folder of `session_id`. Answer: `FilePiece`. A client that goes on, also over a new connection, says the `validator` it was
 * told: when the file has changed, the answer is `conflict`, and it begins anew.
 */
export const FileRead = query('file_read', {
  path: z.string().min(1).max(limits.pathChars),
  session_id: SessionId.optional(),
  offset: z.number().int().nonnegative(),
  validator: z.string().max(200).optional(),
});

export const FilePiece = z.object({
  name: z.string(),
  media_type: z.string(),
  /** Of the whole file. */
  bytes: z.number().int(),
  /** Changes with every write to the file; also the ETag over HTTP. */
  validator: z.string(),
  offset: z.number().int(),
  /** Base64; empty at the end. */
  data: z.string(),
});
export type FilePiece = z.infer<typeof FilePiece>;

/** Answer of an upload over HTTP. */
export const UploadedFile = z.object({
  /** Absolute, on the machine of the app. */
  path: z.string(),
  /** As it was kept: without what no file system takes. */
  name: z.string(),
  mime: z.string(),
  /** Bytes received. */
  size: z.number().int(),
  /** Text that tells an agent of the file; the client sends it as a message, or goes by `attachment`. */
  prompt: z.string(),
  /** For a message's `attachments`. */
  attachment: Attachment,
});
export type UploadedFile = z.infer<typeof UploadedFile>;

export const filesQueries = [FileRead] as const;
