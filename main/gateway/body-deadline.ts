import type { IncomingMessage } from 'node:http';

/** A body of a few fields is there within this time, or the client is one that holds connections open for the sake of it. */
const withinMs = 30_000;
/** Whole uploads: large files over slow links. Their own route ends one of which nothing more comes. */
export const requestTimeoutMs = 3_600_000;
const uploads = new Set(['/api/v1/uploads', '/upload']);

/** Ends a request whose body does not come in time. Real time: it guards sockets, not sessions. */
export function limitBodyTime(request: IncomingMessage): void {
  const { headers, url = '' } = request;
  const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
  if (!hasBody || uploads.has(url.split('?', 1)[0]!)) return;
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy();
  }, withinMs);
  timer.unref();
  request.once('end', () => clearTimeout(timer));
  request.once('close', () => clearTimeout(timer));
}
