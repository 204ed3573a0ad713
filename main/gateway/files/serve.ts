import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { OpenFile } from '../../security/file-roots.ts';
import type { Answer } from '../route.ts';
import { attachmentHeader } from './disposition.ts';
import { mediaType } from './media-type.ts';
import { namesTag, readRange, type Wanted } from './range.ts';

const pieceBytes = 65_536;

/**
 * Answers with an open file, or the part of it that is asked for, and closes it. What is sent is one state of the file: when it changes on the way, the
 * answer breaks off before its end instead of mixing two.
 */
export function serveFile(file: OpenFile, headers: IncomingHttpHeaders, method: string): Answer {
  const etag = `"${file.validator}"`;
  const modified = new Date(Math.floor(file.modifiedAt / 1000) * 1000);
  const about = {
    etag,
    'last-modified': modified.toUTCString(),
    'accept-ranges': 'bytes',
    'content-disposition': attachmentHeader(file.name),
    'x-content-type-options': 'nosniff',
    // Even where somebody makes a browser show it, nothing in it runs or loads.
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, no-cache',
  };
  const close = () => void file.handle.close().catch(() => {});
  if (namesTag(headers['if-none-match'], etag)) {
    close();
    return { text: '', type: mediaType(file.name), status: 304, headers: about };
  }
  const wanted: Wanted = rangeHolds(headers, etag, modified) ? readRange(headers.range, file.bytes) : { kind: 'all' };
  if (wanted.kind === 'nothing') {
    close();
    return {
      text: '',
      type: mediaType(file.name),
      status: 416,
      headers: { ...about, 'content-range': `bytes */${file.bytes}` },
    };
  }
  const [start, length] = wanted.kind === 'part' ? [wanted.start, wanted.end - wanted.start + 1] : [0, file.bytes];
  const answer = {
    type: mediaType(file.name),
    status: wanted.kind === 'part' ? 206 : 200,
    headers: {
      ...about,
      'content-length': String(length),
      ...(wanted.kind === 'part' ? { 'content-range': `bytes ${wanted.start}-${wanted.end}/${file.bytes}` } : {}),
    },
  };
  if (method === 'HEAD' || length === 0) {
    close();
    return { ...answer, stream: Readable.from([]) };
  }
  const stream = Readable.from(piecesOf(file, start, length), { objectMode: false });
  // Also when the client is gone before the first piece was asked for.
  stream.once('close', close);
  return { ...answer, stream };
}

/** A range of a file that is not the one the client has the rest of would be patched into it (If-Range). */
function rangeHolds(headers: IncomingHttpHeaders, etag: string, modified: Date): boolean {
  const condition = headers['if-range'];
  if (typeof condition !== 'string') return true;
  return condition === etag || Date.parse(condition) === modified.getTime();
}

async function* piecesOf(file: OpenFile, start: number, length: number): AsyncGenerator<Buffer> {
  let at = start;
  const end = start + length;
  while (at < end) {
    const { bytesRead, buffer } = await file.handle.read(Buffer.alloc(Math.min(pieceBytes, end - at)), 0, null, at);
    at += bytesRead;
    // The last piece stands for the whole: it goes out only if the file is still the one that was opened.
    if (bytesRead === 0 || (at >= end && !(await file.unchanged())))
      throw new Error('The file changed while it was sent.');
    yield buffer.subarray(0, bytesRead);
  }
}
