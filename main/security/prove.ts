import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { request } from 'node:http';

/** A question to a listener: 32 random bytes in base64url. */
export const nonceShape = /^[A-Za-z0-9_-]{43}$/;

/** An answer is a few dozen characters; who says more is not ours. */
const maxAnswerChars = 1_000;

/**
 * What only a process that knows the owner's token can answer.
 * @param nonce - of `nonceShape`. @param url - base address of the gateway that is asked: an answer fetched from another address does not fit.
 * @returns HMAC-SHA256 (RFC 2104) in base64url.
 */
export const proofOf = (ownerToken: string, nonce: string, url: string): string =>
  createHmac('sha256', ownerToken).update(`quarterdeck prove ${nonce} ${url}`).digest('base64url');

/** Who listens at an address: this user's app; nobody, or somebody else; somebody who has said nothing in time, which an app that is busy may be. */
export type Listener = 'ours' | 'not ours' | 'silent';

/**
 * Has the listener at an address prove that it is this user's app, before anything secret is sent there: a note of where the app listens
 * outlives a killed app, and then any user of the machine can listen at that address.
 * @param url - base address as the app wrote it down, e.g. `http://127.0.0.1:8741`. @param token - the owner's; it is not sent. Never rejects.
 */
export async function whoListens(url: string, token: string, timeoutMs = 3000): Promise<Listener> {
  const nonce = randomBytes(32).toString('base64url');
  const answer = await ask(url, nonce, timeoutMs);
  if (answer === null) return 'silent';
  const given = Buffer.from(answer.proof ?? '');
  const expected = Buffer.from(proofOf(token, nonce, url));
  return given.length === expected.length && timingSafeEqual(given, expected) ? 'ours' : 'not ours';
}

/** As `whoListens`; whoever says nothing has proven nothing. */
export async function provesItself(url: string, token: string, timeoutMs?: number): Promise<boolean> {
  return (await whoListens(url, token, timeoutMs)) === 'ours';
}

/** What the listener says, `proof: null` where that is no proof or nobody is there; null: nothing in time. */
function ask(url: string, nonce: string, timeoutMs: number): Promise<{ proof: string | null } | null> {
  return new Promise((resolve) => {
    const body = JSON.stringify({ nonce });
    const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
    let asked: ReturnType<typeof request> | null = null;
    const done = (answer: { proof: string | null } | null) => {
      clearTimeout(timer);
      resolve(answer);
      asked?.destroy();
    };
    const timer = setTimeout(() => done(null), timeoutMs);
    try {
      // No agent: nothing is kept open, and nobody else's open connection is used.
      asked = request(`${url.replace(/\/$/, '')}/api/v1/prove`, { method: 'POST', headers, agent: false });
    } catch {
      done({ proof: null });
      return;
    }
    asked.on('error', () => done({ proof: null }));
    asked.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > maxAnswerChars) done({ proof: null });
      });
      response.on('error', () => done({ proof: null }));
      response.on('end', () => done({ proof: response.statusCode === 200 ? proofIn(text) : null }));
    });
    asked.end(body);
  });
}

function proofIn(text: string): string | null {
  try {
    const { proof } = JSON.parse(text) as { proof?: unknown };
    return typeof proof === 'string' ? proof : null;
  } catch {
    return null;
  }
}
