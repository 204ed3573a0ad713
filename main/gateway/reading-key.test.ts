import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSessionBus } from '../bus/session-bus.ts';
import { createHall } from '../orchestrator/hall.ts';
import type { Orchestrator } from '../orchestrator/orchestrator.ts';
import type { QueryHandlers } from '../orchestrator/ports.ts';
import { sampleFrames } from '../protocol/sample-frame-test-support.ts';
import { authorize } from '../security/authorize.ts';
import { frameScopes, type Needs } from '../security/scopes.ts';
import { createFileRoutes, type FileRouteDeps } from './files/routes.ts';
import { startTestGateway } from './gateway-test-support.ts';
import { scopesOf } from './route.ts';
import { createRoutes, type RouteDeps } from './routes.ts';

type TestGateway = Awaited<ReturnType<typeof startTestGateway>>;
let gateway: TestGateway;
/** What got past the question of scopes. */
let reached: string[];

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
  gateway = await startTestGateway({ hall });
});
afterEach(() => gateway.stop());

const readsOnly = (needs: readonly string[]) => needs.every((scope) => scope === 'sessions:read');
const needsOf = (type: string): readonly string[] => {
  const frame = sampleFrames.get(type)!;
  const needs = frameScopes[frame.type] as Needs<typeof frame>;
  return typeof needs === 'function' ? needs(frame) : needs;
};

describe('a key with only sessions:read is refused by every other verb', () => {
  it('on a WebSocket: each frame that needs more, before anything hears of it', async () => {
    const { key } = gateway.keys.create({ name: 'reader', scopes: ['sessions:read'] });
    const socket = await gateway.enter({ authorization: `Bearer ${key}` });
    const others = [...sampleFrames].filter(([type]) => !readsOnly(needsOf(type)));
    expect(others.length).toBeGreaterThan(60);
    for (const [type, frame] of others) {
      const command_id = `command-${type}`;
      socket.socket.send(JSON.stringify({ ...frame, command_id }));
      const answer = JSON.parse(await socket.frame((text) => text.includes(`"${command_id}"`)));
      expect(answer, type).toMatchObject({ type: 'response', ok: false, error: { code: 'forbidden' } });
    }
    expect(reached).toEqual([]);
  });

  it('over HTTP: each route that needs more, before its body is looked at', async () => {
    const { key } = gateway.keys.create({ name: 'reader', scopes: ['sessions:read'] });
    const routes = [...createRoutes({} as RouteDeps), ...createFileRoutes({} as FileRouteDeps)];
    const others = routes.filter(
      (one) => !['anyone', 'signed_in'].includes(one.access as string) && !readsOnly(scopesOf(one)),
    );
    expect(others.length).toBeGreaterThan(2);
    for (const { method, url } of others) {
      const path = url.replace(/:\w+/g, 'x').replace(/\*$/, 'x');
      const answer = await gateway.http(path, { method, headers: { authorization: `Bearer ${key}` } });
      // A part that this gateway was built without has no route at all.
      expect([403, 404], `${method} ${url}`).toContain(answer.status);
      if (answer.status === 403) expect(answer.text, url).toContain('"forbidden"');
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
