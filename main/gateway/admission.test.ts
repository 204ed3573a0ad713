import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admit } from './admission.ts';
import { problemIn, startTestGateway, type TestGateway } from './gateway-test-support.ts';
import { linkOf } from './link.ts';
import { OwnNames } from './own-names.ts';

let world: TestGateway;
beforeAll(async () => {
  world = await startTestGateway();
});
afterAll(() => world.stop());

const paths = ['/', '/assets/index-1a2b.js', '/api/v1/health', '/api/v1/me', '/api/v1/nothing', '/nothing'];
const upgrade = (headers: Record<string, string>) =>
  world.connect({ headers: { ...world.bearer(world.deps.ownerToken), ...headers } });

describe('the name by which the gateway is called', () => {
  it.each([
    'evil.com',
    'evil.com:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost:1',
    '127.0.0.1.evil.com:PORT',
    'localhost.evil.com:PORT',
    '127.0.0.1:PORT.evil.com',
    'evil.com#127.0.0.1:PORT',
    'user@127.0.0.1:PORT',
    '0.0.0.0:PORT',
    '127.0.0.2:PORT',
    '2130706433:PORT',
    'localhost.:PORT',
    '[::]:PORT',
    '192.168.1.10:PORT',
  ])('is refused when it is "%s" (DNS rebinding), on every address and on the upgrade', async (name) => {
    const host = name.replace('PORT', String(world.port));
    for (const path of paths) {
      const answer = await world.http(path, { headers: { host, ...world.bearer(world.deps.ownerToken) } });
      expect(answer.status, path).toBe(403);
      expect(problemIn(answer).code).toBe('origin_refused');
    }
    const refused = await upgrade({ host });
    expect(refused).toMatchObject({ ok: false, answer: { status: 403 } });
  });

  it.each(['127.0.0.1:PORT', 'localhost:PORT', 'LocalHost:PORT', '[::1]:PORT'])('may be %s', async (name) => {
    const host = name.replace('PORT', String(world.port));
    expect((await world.http('/api/v1/health', { headers: { host } })).status).toBe(200);
    expect((await upgrade({ host })).ok).toBe(true);
  });

  it('is refused when it is empty', async () => {
    expect(await world.raw('GET /api/v1/health HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 403/,
    );
  });

  it('is missing in HTTP/1.0, which is refused as well', async () => {
    expect(await world.raw('GET /api/v1/health HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403/);
  });

  it('counts by the header also when the request line names another one', async () => {
    const answer = await world.raw('GET http://127.0.0.1/api/v1/me HTTP/1.1\r\nHost: evil.com\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 403/);
  });

  it('may go without a port on port 80 only', () => {
    const link = linkOf('loopback', false, '127.0.0.1');
    const at = (port: number) =>
      new OwnNames({ doors: [{ host: '127.0.0.1', port, tls: false }], extraHosts: [], formerOrigins: [] });
    expect(admit({ host: '127.0.0.1' }, '/', link, at(80)).ok).toBe(true);
    expect(admit({ host: '127.0.0.1' }, '/', link, at(8741)).ok).toBe(false);
  });
});

describe('the page that asks', () => {
  it.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'https://127.0.0.1:PORT',
    'http://localhost:PORT',
    'http://127.0.0.1:PORT.evil.example',
    'http://127.0.0.1:PORT/',
    'file://',
    'chrome-extension://abcdefgh',
  ])('is refused when its origin is %s, on every address and on the upgrade', async (name) => {
    const origin = name.replace('PORT', String(world.port));
    for (const path of paths) {
      const answer = await world.http(path, { headers: { origin, ...world.bearer(world.deps.ownerToken) } });
      expect(answer.status, path).toBe(403);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    // Cross-site WebSocket hijacking: even a valid credential does not help a foreign page.
    const cookie = await world.signIn();
    expect(await world.connect({ headers: { origin, cookie } })).toMatchObject({ ok: false, answer: { status: 403 } });
    expect(await upgrade({ origin })).toMatchObject({ ok: false, answer: { status: 403 } });
  });

  it('cannot ask for permission by a preflight', async () => {
    const answer = await world.http('/api/v1/open', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBe(403);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('is refused below /api/ when the browser says that another site made the request', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const headers = { 'sec-fetch-site': site };
      expect((await world.http('/api/v1/health', { headers })).status).toBe(403);
      expect((await world.http('/', { headers })).status).toBe(200);
    }
    expect((await world.http('/api/v1/health', { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200);
  });

  it('is let in when it is our own', async () => {
    expect((await world.http('/api/v1/health', { headers: world.own })).status).toBe(200);
    expect((await upgrade(world.own)).ok).toBe(true);
  });
});
