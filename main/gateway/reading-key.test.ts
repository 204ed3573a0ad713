import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../base/result.ts';
import { createSessionBus } from '../bus/session-bus.ts';
import { IndependentClient } from '../crypto/independent-client-test-support.ts';
import { tweetnacl } from '../crypto/primitives.ts';
import { createHall } from '../orchestrator/hall.ts';
import type { Orchestrator } from '../orchestrator/orchestrator.ts';
import type { QueryHandlers } from '../orchestrator/ports.ts';
import { sampleFrames } from '../protocol/sample-frame-test-support.ts';
import { createKeyCheck } from '../security/authenticate.ts';
import { authorize } from '../security/authorize.ts';
import { createSealedCredentials, type SealedParts } from '../security/create-sealed-credentials.ts';
import { frameScopes, type Needs } from '../security/scopes.ts';
import { type AllRouteDeps, createAllRoutes } from './all-routes.ts';
import { ownerToken, startTestGateway } from './gateway-test-support.ts';
import { scopesOf } from './route.ts';
import { RawClient } from './sealed/sealed-test-support.ts';

type TestGateway = Awaited<ReturnType<typeof startTestGateway>>;
let gateway: TestGateway;
/** What got past the question of scopes. */
let reached: string[];
const serverKey = tweetnacl.keyPair();

beforeEach(async () => {
  reached = [];
  const noted = (what: string) =>
    new Proxy({}, { get: (_target, name) => () => void reached.push(`${what}.${String(name)}`) });
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const hall = createHall({
    orchestrator: noted('orchestrator') as Orchestrator,
    bus: createSessionBus(),
    authorize,
    queries: noted('queries') as QueryHandlers,
    onUnreadable() {},
    log,
    welcome: () => ({ protocol: 1, version: '1', server_time: 0, home_dir: '/', platform: 'test', notices: [] }),
  });
  gateway = await startTestGateway({
    hall,
    files: {} as never,
    sealed: () =>
      ok(createSealedCredentials({ serverKey, checkKey: createKeyCheck(ownerToken, gateway.keys) } as SealedParts)),
  });
});
afterEach(() => gateway.stop());

const readsOnly = (needs: readonly string[]) => needs.every((scope) => scope === 'sessions:read');
const needsOf = (type: string): readonly string[] => {
  const frame = sampleFrames.get(type)!;
  const needs = frameScopes[frame.type] as Needs<typeof frame>;
  return typeof needs === 'function' ? needs(frame) : needs;
};

const others = [...sampleFrames].filter(([type]) => !readsOnly(needsOf(type)));
const refused = (command_id: string) => ({
  type: 'response',
  command_id,
  ok: false,
  error: { code: 'forbidden' },
});

describe('a key with only sessions:read is refused by every other verb', () => {
  it('on a WebSocket: each frame that needs more, before anything hears of it', async () => {
    const { key } = gateway.keys.create({ name: 'reader', scopes: ['sessions:read'] });
    const socket = await gateway.enter({ authorization: `Bearer ${key}` });
    expect(others.length).toBeGreaterThan(60);
    for (const [type, frame] of others) {
      const command_id = `command-${type}`;
      socket.socket.send(JSON.stringify({ ...frame, command_id }));
      const answer = JSON.parse(await socket.frame((text) => text.includes(`"${command_id}"`)));
      expect(answer, type).toMatchObject(refused(command_id));
    }
    expect(reached).toEqual([]);
  });

  it('by the sealed door: the same frames, the same answers', async () => {
    const { key } = gateway.keys.create({ name: 'reader', scopes: ['sessions:read'] });
    const client = await new RawClient(`ws://127.0.0.1:${gateway.port}/ws`).open();
    const sealed = new IndependentClient(serverKey.publicKey);
    client.socket.send(sealed.hello());
    sealed.answered(String(await client.next()));
    client.socket.send(sealed.seal({ kind: 'api_key', key }));
    expect(sealed.open((await client.next()) as Buffer)).toMatchObject({ type: 'welcome' });
    for (const [type, frame] of others) {
      const command_id = `command-${type}`;
      client.socket.send(sealed.seal({ ...frame, command_id }));
      expect(sealed.open((await client.next()) as Buffer), type).toMatchObject(refused(command_id));
    }
    client.socket.terminate();
    expect(reached).toEqual([]);
  });

  it('over HTTP: each route of the whole table that needs more, before its body is looked at', async () => {
    const { key } = gateway.keys.create({ name: 'reader', scopes: ['sessions:read'] });
    const closed = createAllRoutes({ files: {} } as AllRouteDeps).filter(
      (one) => !['anyone', 'signed_in'].includes(one.access as string) && !readsOnly(scopesOf(one)),
    );
    expect(closed.length).toBeGreaterThan(40);
    for (const { method, url } of closed) {
      const path = url.replace(/:\w+/g, 'x').replace(/\*$/, 'x');
      const answer = await gateway.http(path, { method, headers: { authorization: `Bearer ${key}` } });
      expect(answer.status, `${method} ${url} ${answer.text}`).toBe(403);
      expect(JSON.parse(answer.text), url).toMatchObject({ code: 'forbidden' });
    }
    expect(reached).toEqual([]);
  });
});

it('keeps what the whole machine does from a key that is narrowed to a folder, over HTTP too', async () => {
  const { key } = gateway.keys.create({ name: 'n', scopes: ['admin'], restrictions: { workspaces: ['/project'] } });
  const wide = gateway.keys.create({ name: 'w', scopes: ['admin'] });
  const status = (secret: string) => gateway.http('/api/v1/status', { headers: { authorization: `Bearer ${secret}` } });
  expect([(await status(key)).status, (await status(wide.key)).status]).toEqual([403, 200]);
});
