import { existsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownerToken } from '../gateway-test-support.ts';
import { call, openSocket, startLanGateway } from './lan-test-support.ts';

let world: Awaited<ReturnType<typeof startLanGateway>>;
beforeEach(async () => {
  world = await startLanGateway();
});
afterEach(() => world.stop());

const bearer = { authorization: `Bearer ${ownerToken}` };
const over = (path: string, headers = {}) =>
  call('http://localhost', { socketPath: world.socketPath, path, headers: { host: 'localhost', ...headers } });

describe('the Unix socket', () => {
  it('is this user’s alone, has the same routes and WebSocket, and asks for a credential all the same', async () => {
    expect((await world.set({ unix_socket: true })).ok).toBe(true);
    expect(statSync(world.socketPath).mode & 0o777).toBe(0o600);
    expect((await over('/api/v1/health')).status).toBe(200);
    expect((await over('/api/v1/me')).status).toBe(401);
    expect((await over('/api/v1/me', bearer)).status).toBe(200);
    expect((await over('/api/v1/me', { ...bearer, host: 'evil.com' })).status).toBe(403);
    const { frame, socket } = await openSocket(`ws+unix:${world.socketPath}:/api/v1/ws`, { headers: bearer });
    expect(frame).toContain('welcome');
    socket.terminate();
  });

  it('goes away when it is switched off', async () => {
    await world.set({ unix_socket: true });
    await world.set({ unix_socket: false });
    await expect.poll(() => existsSync(world.socketPath)).toBe(false);
  });

  it('takes the place of one that a killed app left', async () => {
    const { spawnSync } = await import('node:child_process');
    const script = `require('net').createServer().listen(${JSON.stringify(world.socketPath)}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', script]);
    expect(existsSync(world.socketPath)).toBe(true);
    expect((await world.set({ unix_socket: true })).ok).toBe(true);
    expect((await over('/api/v1/health')).status).toBe(200);
  });

  it('never takes the place of something else, or of one that answers', async () => {
    writeFileSync(world.socketPath, 'mine');
    expect(await world.set({ unix_socket: true })).toMatchObject({ ok: false, error: { code: 'port_taken' } });
    expect(statSync(world.socketPath).isFile()).toBe(true);
    const { rmSync } = await import('node:fs');
    rmSync(world.socketPath);
    const other = createServer(() => {});
    await new Promise<void>((resolve) => other.listen(world.socketPath, resolve));
    const refused = await world.set({ unix_socket: true });
    expect(refused).toMatchObject({ ok: false, error: { code: 'port_taken' } });
    if (!refused.ok) expect(refused.error.message).toContain('in use');
    await new Promise((resolve) => other.close(resolve));
  });
});
