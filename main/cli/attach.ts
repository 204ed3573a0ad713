import { type FileHandle, open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { Attachment } from '../protocol/values.ts';
import type { Client } from './client.ts';

const types: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.pdf': 'application/pdf',
  '.json': 'application/json',
  '.csv': 'text/csv',
  '.md': 'text/markdown',
  '.html': 'text/html',
};

/** What a file is, by its name; where that does not say, by whether it holds a zero byte. */
export function mediaTypeOf(path: string, beginning: Uint8Array): string {
  return types[extname(path).toLowerCase()] ?? (beginning.includes(0) ? 'application/octet-stream' : 'text/plain');
}

const unreadable = (path: string, why: string): { ok: false; error: Problem } =>
  err({
    code: 'not_found',
    message: `The file ${path} cannot be attached: ${why}.`,
    impact: 'Nothing was sent.',
    next: 'Check --attach, then send it again.',
  });

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder',
};

/** Brings a file to the app, in pieces. @param path - absolute. */
export async function uploadFile(client: Client, path: string): Promise<Result<Attachment, Problem>> {
  let file: FileHandle | null = null;
  try {
    file = await open(path);
    const about = await file.stat();
    if (!about.isFile()) return unreadable(path, 'it is not a file');
    if (about.size > limits.attachmentBytes) {
      return unreadable(path, `it has more than ${limits.attachmentBytes / 1_048_576} MB`);
    }
    return await sendPieces(client, file, path, about.size);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return unreadable(path, reasons[code] ?? code);
  } finally {
    await file?.close();
  }
}

async function sendPieces(
  client: Client,
  file: FileHandle,
  path: string,
  bytes: number,
): Promise<Result<Attachment, Problem>> {
  let upload_id: string | undefined;
  let offset = 0;
  let media_type: string | null = null;
  const buffer = Buffer.alloc(Math.min(limits.chunkBytes, Math.max(1, bytes)));
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
    const piece = buffer.subarray(0, bytesRead);
    if (bytesRead === 0 && offset < bytes) return unreadable(path, 'it became shorter while it was read');
    media_type ??= mediaTypeOf(path, piece);
    const answer = await client.ask<{ upload_id: string; offset: number } | { attachment: Attachment }>({
      type: 'upload',
      name: basename(path).slice(0, 255),
      media_type,
      bytes,
      offset,
      data: piece.toString('base64'),
      ...(upload_id === undefined ? {} : { upload_id }),
    });
    if (!answer.ok) return answer;
    if ('attachment' in answer.value) return ok(answer.value.attachment);
    ({ upload_id, offset } = answer.value);
  }
}
