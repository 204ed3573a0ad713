import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { toBase64url } from '../crypto/base64url.ts';
import { readPairingLink } from '../crypto/pairing-link.ts';
import type { ApiKey, CreatedKey, PairingOffer } from '../protocol/access.ts';
import { type Bench, createBench } from './command-line-test-support.ts';

let bench: Bench;
beforeEach(() => {
  bench = createBench();
});
afterEach(() => bench.dispose());

async function done(...args: string[]): Promise<string> {
  const verb = bench.cli(...args);
  expect(await verb.ended, verb.err()).toBe(0);
  return verb.out();
}
const json = async <T>(...args: string[]) => JSON.parse(await done(...args, '--json')) as T;

/** Files below a folder that hold the text. */
const filesWith = (folder: string, text: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name), 'latin1').includes(text))
    .map(({ name }) => name);

/** A socket of this key, once it was welcomed. */
async function socketOf(url: string, key: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/ws`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const closed = new Promise<{ code: number; at: number }>((resolve) =>
    socket.on('close', (code) => resolve({ code, at: performance.now() })),
  );
  await new Promise<void>((resolve, reject) => {
    socket.once('message', () => resolve());
    socket.once('error', reject);
  });
  return { closed };
}

it('makes, narrows, rotates, revokes and deletes keys of a running app, and leaves no secret anywhere in the home', async () => {
  const app = bench.headless('--port', '0');
  const [url] = await app.said(/http:\/\/127\.0\.0\.1:\d+/);
  mkdirSync(join(bench.work, 'app'));
  const limits = ['--expires', '30d', '--folder', 'app'];
  const made = await json<CreatedKey>('keys', 'create', '--name', 'ci', '--scopes', 'sessions:read,chat', ...limits);
  expect(made.restrictions).toEqual({ workspaces: [join(bench.work, 'app')] });
  expect(made.expires_at! - made.created_at).toBeGreaterThan(29.9 * 86_400_000);

  const { closed } = await socketOf(url, made.key);
  const rotated = await json<CreatedKey>('keys', 'rotate', made.id, '--overlap', '1h');
  const other = await socketOf(url, rotated.key);
  const listed = await json<ApiKey[]>('keys', 'list');
  expect(listed.find(({ id }) => id === made.id)).toMatchObject({ replaced_by: rotated.id, revoked_at: null });
  expect(listed.find(({ id }) => id === made.id)?.last_used).toMatchObject({ address: '127.0.0.1' });

  expect(await bench.cli('keys', 'delete', rotated.id).ended).toBe(5);
  await done('keys', 'revoke', rotated.id);
  expect((await other.closed).code).toBe(1008);
  const me = (key: string) => fetch(`${url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } });
  expect([(await me(rotated.key)).status, (await me(made.key)).status]).toEqual([401, 200]);
  await done('keys', 'revoke', made.id);
  expect((await closed).code).toBe(1008);
  for (const { id } of [made, rotated]) await done('keys', 'delete', id);
  expect(await json('keys', 'list')).toEqual([]);

  const offer = await json<PairingOffer>('pair', '--name', 'Phone', '--scopes', 'chat');
  const said = readPairingLink(offer.link)!;
  expect(said).toMatchObject({ name: 'Phone', hosts: [url.replace('http://', '')] });
  const words = await done('pair', '--name', 'Phone', '--scopes', 'chat');
  expect(words).toContain(`Fingerprint of this gateway, for comparing:  ${offer.fingerprint}`);
  expect(words).toMatch(/[▀▄█]{10}/);
  expect(await done('devices', 'list')).toContain('There are no devices');
  expect(await bench.cli('devices', 'revoke', 'dev_none').ended).toBe(5);

  app.child.kill('SIGTERM');
  await app.ended;
  for (const secret of [made.key, rotated.key, toBase64url(said.code), offer.link]) {
    expect(filesWith(bench.home, secret)).toEqual([]);
    expect(app.out() + app.err()).not.toContain(secret);
  }
  const ownerToken = readFileSync(join(bench.home, 'owner-token'), 'utf8').trim();
  expect(filesWith(bench.home, ownerToken)).toEqual(['owner-token']);
});

it('offers no pairing when no app runs that a device could reach', async () => {
  const pair = bench.cli('pair', '--name', 'Phone', '--scopes', 'chat');
  expect(await pair.ended).toBe(5);
  expect(pair.err()).toContain('serves no address');
});
