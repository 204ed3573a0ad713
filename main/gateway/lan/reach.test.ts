import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownerToken, problemIn } from '../gateway-test-support.ts';
import { call, openSocket, startLanGateway } from './lan-test-support.ts';

type World = Awaited<ReturnType<typeof startLanGateway>>;
let world: World;
beforeEach(async () => {
  world = await startLanGateway();
});
afterEach(() => world.stop());

const bearer = { authorization: `Bearer ${ownerToken}` };
const lanUrl = () => `http://127.0.0.2:${world.port}`;
const reachable = (url: string) =>
  call(`${url}/api/v1/health`).then(
    ({ status }) => status === 200,
    () => false,
  );

describe('the network', () => {
  it('is off until it is switched on, and off again when it is switched off', async () => {
    expect(await reachable(lanUrl())).toBe(false);
    const on = await world.set({ lan: true });
    expect(on).toMatchObject({ ok: true, value: { settings: { lan: true } } });
    expect(await reachable(lanUrl())).toBe(true);
    expect(world.open().map(({ url }) => url)).toEqual([world.url, lanUrl()]);
    await world.set({ lan: false });
    expect(await reachable(lanUrl())).toBe(false);
    expect(await reachable(world.url)).toBe(true);
  });

  it('gets the page and health in clear, and no other route or plain socket, whatever is shown', async () => {
    await world.set({ lan: true });
    expect((await call(`${lanUrl()}/`)).status).toBe(200);
    expect((await call(`${lanUrl()}/assets/index-1a2b.js`)).status).toBe(200);
    for (const path of ['me', 'status']) {
      const answer = await call(`${lanUrl()}/api/v1/${path}`, { headers: bearer });
      expect(answer.status).toBe(403);
      expect(problemIn(answer).code).toBe('link_not_private');
    }
    expect((await openSocket(`${lanUrl().replace('http', 'ws')}/api/v1/ws`, { headers: bearer })).status).toBe(403);
  });

  it('is refused under a name that is not ours, on every door', async () => {
    await world.set({ lan: true });
    for (const host of ['evil.com', `127.0.0.3:${world.port}`]) {
      expect((await call(`${lanUrl()}/api/v1/health`, { headers: { host } })).status).toBe(403);
    }
  });

  it('is not reached on an interface that was not chosen', async () => {
    world.plug({ eth0: ['127.0.0.2'], docker0: ['127.0.0.3'], eth1: ['127.0.0.4'] });
    await world.set({ lan: true, interfaces: ['eth1'] });
    expect(world.open().map(({ url }) => url)).toEqual([world.url, `http://127.0.0.4:${world.port}`]);
    expect(await world.set({ interfaces: ['nope'] })).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(world.settings.get().interfaces).toEqual(['eth1']);
  });

  it('leaves out tunnels and containers unless they are chosen, and offers the best address first', async () => {
    world.plug({ docker0: ['127.0.0.3'], tailscale0: ['127.0.0.4'], eth0: ['127.0.0.2', '::1'] });
    await world.set({ lan: true, interfaces: null });
    expect(world.gateway.addresses().map(({ address }) => address)).toEqual(['127.0.0.2', '::1']);
    await world.set({ interfaces: ['docker0', 'tailscale0', 'eth0'] });
    expect(world.gateway.addresses().map(({ address }) => address)).toEqual([
      '127.0.0.2',
      '::1',
      '127.0.0.4',
      '127.0.0.3',
    ]);
  });
});

describe('a change', () => {
  it('is refused as a whole when a port is taken, and nothing has changed', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.2', resolve));
    const { port } = other.address() as { port: number };
    const refused = await world.set({ lan: true, port });
    expect(refused).toMatchObject({ ok: false, error: { code: 'port_taken' } });
    expect(world.settings.get()).toMatchObject({ lan: false, port: null });
    expect(world.open().map(({ url }) => url)).toEqual([world.url]);
    expect(await reachable(world.url)).toBe(true);
    expect(await reachable(`http://127.0.0.1:${port}`)).toBe(false);
    other.close();
  });

  it('of the port moves every door, tells the new address, and keeps the old one as an origin of pages', async () => {
    await world.set({ lan: true });
    const free = createServer();
    const port = await new Promise<number>((resolve) =>
      free.listen(0, '127.0.0.1', () => resolve((free.address() as { port: number }).port)),
    );
    await new Promise((resolve) => free.close(resolve));
    expect(await world.set({ port })).toMatchObject({ ok: true });
    expect(world.moved).toEqual([`http://127.0.0.1:${port}`]);
    expect(await reachable(`http://127.0.0.1:${port}`)).toBe(true);
    expect(await reachable(`http://127.0.0.2:${port}`)).toBe(true);
    expect(await reachable(world.url)).toBe(false);
    expect(world.settings.origins()).toContain(lanUrl());
  });

  it('that the disk refuses is undone', async () => {
    world.settings.set = () => {
      throw new Error('disk full');
    };
    expect(await world.set({ lan: true })).toMatchObject({ ok: false, error: { code: 'storage_failed' } });
    expect(await reachable(lanUrl())).toBe(false);
  });

  it('and another at the same moment come one after the other', async () => {
    await Promise.all([world.set({ lan: true }), world.set({ lan: false }), world.set({ lan: true })]);
    expect(await reachable(lanUrl())).toBe(true);
  });
});

describe('addresses that change', () => {
  it('are followed; one that went away is kept for a while, so that a cable may come back', async () => {
    await world.set({ lan: true });
    world.plug({ eth0: ['127.0.0.5'] });
    world.clock.advance(3_000);
    await expect.poll(() => reachable(`http://127.0.0.5:${world.port}`)).toBe(true);
    expect(await reachable(lanUrl())).toBe(true);
    expect(world.gateway.addresses().map(({ address }) => address)).toEqual(['127.0.0.5']);
    for (let at = 0; at <= 5 * 60_000; at += 30_000) {
      world.clock.advance(30_000);
      await world.set({});
    }
    expect(await reachable(lanUrl())).toBe(false);
    expect(await reachable(`http://127.0.0.5:${world.port}`)).toBe(true);
  });

  it('that cannot be opened are told with the reason and tried again', async () => {
    await world.set({ lan: true });
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(world.port, '127.0.0.6', resolve));
    world.plug({ eth0: ['127.0.0.2', '127.0.0.6'] });
    await world.set({ mdns: false }).then((refused) => expect(refused.ok).toBe(false));
    world.clock.advance(3_000);
    const listeners = () => world.gateway.reach.status().listeners;
    await expect.poll(() => listeners().find(({ url }) => url.includes('127.0.0.6'))?.problem).toContain('taken');
    await new Promise((resolve) => other.close(resolve));
    world.clock.advance(3_000);
    await expect.poll(() => reachable(`http://127.0.0.6:${world.port}`)).toBe(true);
  });
});

describe('an address that was named for this run', () => {
  it('is refused while nothing is set up to come in with', async () => {
    const { createGateway } = await import('../gateway.ts');
    for (const host of ['0.0.0.0', '::', '127.0.0.2']) {
      const second = createGateway(world.deps);
      const refused = await second.listen({ host, port: 0 });
      expect(refused).toMatchObject({ ok: false, error: { code: 'forbidden' } });
      if (!refused.ok) expect(refused.error.next).toContain('key');
      await second.close();
    }
    const third = createGateway({ ...world.deps, lan: { ...world.deps.lan!, hasCredential: () => true } });
    const listening = await third.listen({ host: '0.0.0.0', port: 0 });
    if (!listening.ok) throw new Error(listening.error.message);
    expect(await reachable(`http://127.0.0.2:${listening.value.port}`)).toBe(true);
    expect(
      third.reach
        .status()
        .listeners.map(({ url }) => url)
        .some((url) => url.includes('0.0.0.0')),
    ).toBe(false);
    await third.close();
  });
});
