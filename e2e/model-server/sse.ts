import type { ServerResponse } from 'node:http';

/**
 * One event of a `text/event-stream` (WHATWG HTML, 9.2). JSON has no raw line breaks, so one `data:` line is enough.
 * @param name - goes on the `event:` line; without one there is only data, as OpenAI's and Google's streams have it.
 */
export function formatSse(name: string | null, payload: unknown): string {
  const eventLine = name === null ? '' : `event: ${name}\n`;
  return `${eventLine}data: ${JSON.stringify(payload)}\n\n`;
}

/**
 * Writes one event as one chunk of its own, and returns when the operating system has it: a client slower than the server holds it up,
 * and a connection that is cut afterwards has still delivered it.
 * @throws the reason of `signal` when the client is gone.
 */
export async function writeSse(
  response: ServerResponse,
  name: string | null,
  payload: unknown,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  if (!response.headersSent) {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  }
  await new Promise<void>((resolve, reject) => {
    const onGone = () => reject(signal.reason);
    signal.addEventListener('abort', onGone, { once: true });
    response.write(formatSse(name, payload), (error) => {
      signal.removeEventListener('abort', onGone);
      if (error) reject(error);
      else resolve();
    });
  });
}
