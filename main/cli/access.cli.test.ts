import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { toBase64url } from '../crypto/base64url.ts';
import { readPairingLink } from '../crypto/pairing-link.ts';
import { tweetnacl } from '../crypto/primitives.ts';
import { SealedClient, type SealedCredential } from '../crypto/sealed-client.ts';
import type { ApiKey, CreatedKey, Device, PairingOffer } from '../protocol/access.ts';
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
  return { socket, closed };
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

/** Comes in by the sealed door. The answer is its first message: `welcome`, or `closing`. */
async function seal(url: string, serverKey: Uint8Array, credential: SealedCredential) {
  const sealed = new SealedClient({ serverKey, credential });
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`);
  const closed = new Promise<number>((resolve) => socket.on('close', () => resolve(performance.now())));
  const first = await new Promise<{ type: string; code?: string; actor?: { id?: string } }>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => socket.send(sealed.hello));
    socket.on('message', (data, isBinary) => {
      const step = sealed.receive(isBinary ? new Uint8Array(data as Buffer) : String(data));
      if (step.kind === 'send') for (const frame of step.frames) socket.send(frame);
      else if (step.kind === 'message') resolve(JSON.parse(step.text));
      else reject(new Error(JSON.stringify(step)));
    });
  });
  return { first, closed };
}

it('pairs a device by the sealed door, once, and cuts it within a second when it is revoked', async () => {
  const app = bench.headless('--port', '0');
  const [url] = await app.said(/http:\/\/127\.0\.0\.1:\d+/);
  const offer = await json<PairingOffer>('pair', '--name', 'Phone', '--scopes', 'chat,sessions:read');
  const { serverKey, code } = readPairingLink(offer.link)!;
  const device = tweetnacl.keyPair();
  const pairing = { kind: 'pairing', code, device, name: 'ignored' } as const;
  const paired = await seal(url, serverKey, pairing);
  expect(paired.first).toMatchObject({ type: 'welcome', actor: { kind: 'device', name: 'Phone', via: 'sealed' } });
  const deviceId = paired.first.actor!.id!;
  expect((await seal(url, serverKey, pairing)).first).toMatchObject({ type: 'closing', code: 'unauthorized' });
  const again = await seal(url, serverKey, { kind: 'device', deviceId, device });
  expect(again.first.type).toBe('welcome');

  const [listed] = await json<Device[]>('devices', 'list');
  expect(listed).toMatchObject({ id: deviceId, online: true, last_used: { address: '127.0.0.1' } });
  await done('devices', 'rename', deviceId, 'Old phone');
  const owner = await socketOf(url, readFileSync(join(bench.home, 'owner-token'), 'utf8').trim());
  const asked = performance.now();
  owner.socket.send(JSON.stringify({ type: 'devices_revoke', command_id: 'command-1', id: deviceId }));
  for (const cut of await Promise.all([paired.closed, again.closed])) expect(cut - asked).toBeLessThan(1000);
  owner.socket.close();
  const late = await seal(url, serverKey, { kind: 'device', deviceId, device });
  expect(late.first).toMatchObject({ type: 'closing', code: 'unauthorized' });
  await done('devices', 'delete', deviceId);
  app.child.kill('SIGTERM');
  await app.ended;
  for (const secret of [toBase64url(code), toBase64url(device.secretKey), offer.link]) {
    expect(filesWith(bench.home, secret)).toEqual([]);
    expect(app.out() + app.err()).not.toContain(secret);
  }
});

it('offers no pairing when no app runs that a device could reach', async () => {
  const pair = bench.cli('pair', '--name', 'Phone', '--scopes', 'chat');
  expect(await pair.ended).toBe(5);
  expect(pair.err()).toContain('serves no address');
});
