import { readOwnerToken } from './security/owner-token.ts';
import { provesItself } from './security/prove.ts';

/**
 * Asks the app that runs already for a one-time link, with the owner's token. It has to prove first that it is this user's app.
 * @param url - base address of its gateway.
 * @returns null when it does not answer in time, cannot prove itself, or the token cannot be read.
 */
export async function askForLink(home: string, url: string, timeoutMs = 3000): Promise<string | null> {
  const token = readOwnerToken(home);
  if (!token.ok) return null;
  if (!(await provesItself(url, token.value, timeoutMs))) return null;
  const { WebSocket } = await import('ws');
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws').replace(/\/$/, '')}/api/v1/ws`, {
      headers: { authorization: `Bearer ${token.value}` },
      handshakeTimeout: timeoutMs,
    });
    const done = (link: string | null) => {
      clearTimeout(timer);
      socket.terminate();
      resolve(link);
    };
    const timer = setTimeout(() => done(null), timeoutMs);
    socket.on('error', () => done(null));
    socket.on('close', () => done(null));
    socket.on('open', () => socket.send(JSON.stringify({ type: 'open_link', command_id: 'second-start' })));
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as { type: string; ok?: boolean; result?: { open_url?: string } };
      if (frame.type === 'response') done((frame.ok && frame.result?.open_url) || null);
    });
  });
}
