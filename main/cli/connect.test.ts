import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeRunning } from '../home.ts';
import { askForLink } from '../second-start.ts';
import { ensureOwnerToken } from '../security/owner-token.ts';
import { connect } from './connect.ts';

let home: string;
let token: string;
let url: string;
const seen: IncomingMessage[] = [];
let proof: () => string = () => '';
/** It takes questions and says nothing. */
let hush = false;

/** Another program at the address of an app that was killed: it lets everybody in, and notes what they show. */
const impostor = createServer((request, response) => {
  seen.push(request);
  if (hush) return;
  response.setHeader('content-type', 'application/json').end(proof());
});
impostor.on('upgrade', (request, socket) => {
  seen.push(request);
  socket.destroy();
});

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'connect-'));
  const made = ensureOwnerToken(home);
  if (!made.ok) throw new Error(made.error.message);
  ({ token } = made.value);
  seen.length = 0;
  hush = false;
  await new Promise<void>((resolve) => impostor.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(impostor.address() as AddressInfo).port}`;
  writeRunning(home, { pid: 1, url, composition: 'desktop', started_at: 0 });
});
afterEach(async () => {
  await new Promise((resolve) => {
    impostor.close(resolve);
    impostor.closeAllConnections();
  });
  rmSync(home, { recursive: true, force: true });
});

describe('an app that runs and is busy', () => {
  it('is not said to be gone: it is asked again, and that it says nothing is told', async () => {
    hush = true;
    const line = await connect({ home, version: '1', runningOnly: true, patienceMs: 0, answerMs: 50 });
    expect(line).toMatchObject({ ok: false, error: { message: 'Quarterdeck (process 1) does not answer.' } });
    expect(seen).toHaveLength(1);
  });

  it('is asked again until it answers', async () => {
    hush = true;
    proof = () => '{}';
    setTimeout(() => {
      hush = false;
    }, 100);
    // What answers at last is somebody else, which ends the waiting.
    const line = await connect({ home, version: '1', runningOnly: true, answerMs: 200 });
    expect(line).toMatchObject({ ok: false, error: { message: 'Quarterdeck is not running.' } });
    expect(seen).toHaveLength(2);
  });
});

describe('a listener at the address of an app that is gone', () => {
  it.each([
    ['with no proof', () => '{}'],
    ['with a made-up proof', () => JSON.stringify({ proof: 'A'.repeat(43) })],
    ['with our own word for silence', () => JSON.stringify({ proof: 'silent' })],
    ['with too much', () => JSON.stringify({ proof: 'A'.repeat(100_000) })],
  ])('never sees the token, %s', async (_how, answer) => {
    proof = answer;
    const line = await connect({ home, version: '1', runningOnly: true });
    expect(line).toMatchObject({ ok: false, error: { message: 'Quarterdeck is not running.' } });
    expect(await askForLink(home, url)).toBeNull();
    expect(seen).toHaveLength(2);
    for (const { headers, url: path } of seen) {
      expect(path).toBe('/api/v1/prove');
      expect(headers.authorization).toBeUndefined();
      expect(JSON.stringify(headers)).not.toContain(token);
    }
  });
});
