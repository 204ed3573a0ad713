import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { toBase64url } from './crypto/base64url.ts';
import { readPairingLink } from './crypto/pairing-link.ts';
import { tweetnacl } from './crypto/primitives.ts';
import { SealedClient, type SealedCredential } from './crypto/sealed-client.ts';
import { DuctorTestClient } from './gateway/ductor/client-test-support.ts';
import { type RestWorld, startRest } from './gateway/rest/rest-test-support.ts';

let world: RestWorld;
let printed: string;
const sockets: WebSocket[] = [];
beforeEach(async () => {
  printed = '';
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
  }
  world = await startRest();
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const socket of sockets.splice(0)) socket.terminate();
  rmSync(world.home, { recursive: true, force: true });
});

const own = () => ({ origin: world.url, 'sec-fetch-site': 'same-origin' });
const post = (path: string, body: unknown, headers: Record<string, string> = {}, key?: string) =>
  world.rest('POST', path, { body, headers, key });
/** Files below the home that hold these bytes. */
const filesWith = (bytes: Uint8Array | string): string[] =>
  readdirSync(world.home, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(Buffer.from(bytes as Uint8Array)),
    )
    .map(({ name }) => name);

/** A client of the owner that hears all it may, and keeps what it was told. */
async function listener() {
  const told: string[] = [];
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}/api/v1/ws`, {
    headers: { authorization: `Bearer ${world.owner}` },
  });
  sockets.push(socket);
  const answers = new Map<string, (answer: { ok: boolean }) => void>();
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data) => {
      told.push(String(data));
      const { type, command_id, ...answer } = JSON.parse(String(data));
      if (type === 'response') answers.get(command_id)?.(answer);
      resolve();
    });
  });
  const ask = (frame: object) =>
    new Promise<{ ok: boolean }>((resolve) => {
      const command_id = `command-${answers.size}`;
      answers.set(command_id, resolve);
      socket.send(JSON.stringify({ ...frame, command_id }));
    });
  return { told, ask };
}

/** Comes in by the sealed door. @returns the type of the first message. */
async function seal(serverKey: Uint8Array, credential: SealedCredential): Promise<string> {
  const sealed = new SealedClient({ serverKey, credential });
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}/ws`);
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => socket.send(sealed.hello));
    socket.on('message', (data, isBinary) => {
      const step = sealed.receive(isBinary ? new Uint8Array(data as Buffer) : String(data));
      if (step.kind === 'send') for (const frame of step.frames) socket.send(frame);
      else if (step.kind === 'message') resolve(JSON.parse(step.text).type);
    });
  });
}

it('keeps, prints and tells no secret by which somebody comes in, whatever the door and however it is misused', async () => {
  const { code: setupCode } = world.app.setupCode()!;
  expect(filesWith(setupCode)).toEqual(['setup-code']);
  const password = 'canary-pass-word-7d1f';
  const clientSecret = 'canary-client-secret-93ab';
  const account = await post('/api/v1/setup/account', { code: setupCode, password }, own(), '');
  expect(account.status, account.text).toBe(200);
  const cookie = String([account.headers['set-cookie']].flat()[0]).split(';')[0]!;
  const signedIn = await post('/auth/login', { password }, own(), '');
  const secondCookie = String([signedIn.headers['set-cookie']].flat()[0]).split(';')[0]!;

  const owner = await listener();
  const oidc = { issuer: 'https://id.example', client_id: 'quarterdeck', allowed_emails: ['ada@example.com'] };
  expect((await owner.ask({ type: 'oidc_set', oidc, client_secret: clientSecret })).ok).toBe(true);
  expect((await owner.ask({ type: 'sign_in_ways' })).ok).toBe(true);

  const made = await world.key(['chat', 'sessions:read']);
  const rotated = (await post(`/api/v1/keys/${made.id}/rotate`, { overlap_ms: 60_000 })).json;
  const offer = await post('/api/v1/pairings', { name: 'Phone', scopes: ['chat'] });
  expect(offer.status, offer.text).toBe(201);
  const { serverKey, code } = readPairingLink(offer.json.link)!;
  const device = tweetnacl.keyPair();
  expect(await seal(serverKey, { kind: 'pairing', code, device, name: 'x' })).toBe('welcome');
  expect(await seal(serverKey, { kind: 'api_key', key: rotated.key })).toBe('welcome');
  const ductor = await DuctorTestClient.enter(`${world.url.replace('http', 'ws')}/ws`, made.key);
  sockets.push(ductor.socket);

  const text: Record<string, string> = {
    setupCode,
    password,
    clientSecret,
    login: cookie.split('=')[1]!,
    secondLogin: secondCookie.split('=')[1]!,
    key: made.key,
    rotatedKey: rotated.key,
    pairingCode: toBase64url(code),
    deviceKey: toBase64url(device.secretKey),
  };
  // Where a person or a script puts them by mistake.
  for (const secret of [...Object.values(text), world.owner]) {
    await world.rest('GET', `/api/v1/me?token=${encodeURIComponent(secret)}`, { key: '' });
    await world.rest('GET', `/${encodeURIComponent(secret)}`, { key: '' });
    await post('/auth/login', { password: `${secret} ` }, own(), '');
    await post('/api/v1/setup', { code: secret }, {}, '');
    await post('/api/v1/keys', `{"name": "${secret}`);
    await owner.ask({ type: 'no_such_type', secret });
  }
  const told = owner.told.join('\n');
  await world.stop(true);
  for (const [name, secret] of Object.entries(text)) {
    expect(filesWith(secret), name).toEqual([]);
    expect(printed.includes(secret), `${name} is printed`).toBe(false);
    expect(told.includes(secret), `${name} is told`).toBe(false);
  }
  for (const bytes of [code, device.secretKey]) expect(filesWith(bytes)).toEqual([]);
  expect(filesWith(world.owner)).toEqual(['owner-token']);
  expect(printed + told).not.toContain(world.owner);
});
