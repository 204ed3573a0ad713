import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createBench } from './command-line-test-support.ts';
import { restartWay } from './restart.ts';

const bench = createBench();
afterAll(() => bench.dispose());

const execve = () => {};

it('knows how it can start again: by itself where the system can, else only where a supervisor was named', () => {
  expect(restartWay({}, { execve, platform: 'linux' })).toBe('re-exec');
  expect(restartWay({}, { execve, platform: 'win32' })).toBeNull();
  expect(restartWay({}, { platform: 'linux' })).toBeNull();
  expect(restartWay({ QUARTERDECK_SUPERVISED: '1' }, { platform: 'linux' })).toBe('supervisor');
});

it('starts again in its place: the same process id and home, every session still there', async () => {
  const server = bench.headless('--json', '--port', '0');
  const [, first] = await server.said(/"url":"(http:[^"]+)"/);
  const token = readFileSync(join(bench.home, 'owner-token'), 'utf8').trim();
  const ask = async (url: string, method: string, path: string, body?: object) => {
    const answer = await fetch(`${url}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      body: body && JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: whatever came back.
    return (await answer.json()) as any;
  };
  const { session_id } = await ask(first!, 'POST', 'sessions', { cwd: bench.work, provider: 'demo' });
  const before = await ask(first!, 'GET', 'status');
  expect(await ask(first!, 'POST', 'server/restart')).toEqual({ status: 'restarting', by: 're-exec' });
  const [, second] = await server.said(/"event":"listening"[\s\S]*"event":"listening","url":"(http:[^"]+)"/);
  const after = await ask(second!, 'GET', 'status');
  expect(after.pid).toBe(before.pid);
  expect(after.started_at).toBeGreaterThan(before.started_at);
  expect((await ask(second!, 'GET', `sessions/${session_id}`)).session_id).toBe(session_id);
  await ask(second!, 'POST', 'chat', { session_id, message: 'hello' });
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
});
