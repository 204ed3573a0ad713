import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nonceShape, proofOf, provesItself } from '../security/prove.ts';
import { loginLifetimeMs } from '../storage/login-store.ts';
import { browserName } from './browser-name.ts';
import { ownerToken, problemIn, startTestGateway, type TestGateway } from './gateway-test-support.ts';

let world: TestGateway;
beforeEach(async () => {
  world = await startTestGateway();
});
afterEach(() => world.stop());

const open = (code: unknown, headers: Record<string, string> = {}) =>
  world.http('/api/v1/open', {
    method: 'POST',
    headers: { ...world.own, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ code }),
  });
const codeOf = (link: string) => link.split('#open=')[1]!;
const me = (headers: Record<string, string>) => world.http('/api/v1/me', { headers });

describe('a missing or wrong credential', () => {
  it('is answered with 401 and a problem before the upgrade', async () => {
    const wrong: Record<string, string>[] = [
      {},
      world.bearer('qd_wrong'),
      world.bearer(`${ownerToken.slice(0, -1)}p`),
      world.bearer(`${ownerToken}o`),
      { authorization: 'Basic eDp5' },
      { cookie: `qd_${world.port}=x` },
    ];
    for (const headers of wrong) {
      const refused = await world.connect({ headers: { ...world.own, ...headers } });
      if (refused.ok) throw new Error('was let in');
      expect(refused.answer.status).toBe(401);
      expect(refused.answer.headers['content-type']).toContain('application/json');
      expect(refused.answer.headers['www-authenticate']).toBe('Bearer');
      expect(problemIn(refused.answer)).toMatchObject({ code: 'unauthorized', impact: /.+/, next: /.+/ });
    }
    expect(world.hall.clients).toHaveLength(0);
  });

  it('does not get to the routes either', async () => {
    for (const path of ['/api/v1/me', '/api/v1/status']) {
      expect((await world.http(path)).status).toBe(401);
      expect((await world.http(path, { headers: world.bearer('qd_wrong') })).status).toBe(401);
    }
    expect((await world.http('/api/v1/logout', { method: 'POST' })).status).toBe(401);
  });

  it('is refused in the address, even when it would be valid', async () => {
    const { key } = world.keys.create({ name: 'k', scopes: ['admin'] });
    for (const query of [`token=${key}`, `key=${key}`, `access_token=${key}`, `authorization=Bearer%20${key}`]) {
      expect(await world.connect({ path: `/api/v1/ws?${query}` })).toMatchObject({
        ok: false,
        answer: { status: 401 },
      });
      expect((await world.http(`/api/v1/me?${query}`)).status).toBe(401);
    }
  });

  it('is not helped out by a good cookie', async () => {
    const cookie = await world.signIn();
    expect((await me({ cookie })).status).toBe(200);
    expect((await me({ cookie, ...world.bearer('qd_wrong') })).status).toBe(401);
  });

  it('on another path is 404, and no route takes an upgrade', async () => {
    const headers = world.bearer(ownerToken);
    for (const path of ['/', '/api/v1/me', '/api/v1/ws/x', '/api/v2/ws']) {
      expect(await world.connect({ headers, path })).toMatchObject({ ok: false, answer: { status: 404 } });
    }
  });
});

describe('keys', () => {
  it('bring their name and scopes to the hall', async () => {
    const { key, id } = world.keys.create({ name: 'nightly', scopes: ['chat', 'sessions:read'] });
    await world.enter(world.bearer(key));
    const { principal } = world.hall.clients[0]!;
    expect(principal.actor).toEqual({ kind: 'api_key', id, name: 'nightly', via: 'websocket' });
    expect([...principal.scopes].sort()).toEqual(['chat', 'sessions:read']);
    expect(world.keys.list()[0]?.last_used_at).toBe(world.clock.now());
  });

  it('that lack the scope of a route get 403 that names it', async () => {
    const chat = world.keys.create({ name: 'a', scopes: ['chat'] });
    const reader = world.keys.create({ name: 'b', scopes: ['server:read'] });
    const refused = await world.http('/api/v1/status', { headers: world.bearer(chat.key) });
    expect(refused.status).toBe(403);
    expect(problemIn(refused).message).toContain('server:read');
    expect((await world.http('/api/v1/status', { headers: world.bearer(reader.key) })).status).toBe(200);
    expect((await world.http('/api/v1/status', { headers: world.bearer(ownerToken) })).status).toBe(200);
  });

  it('that are revoked lose their open sockets at once and cannot come back; others stay', async () => {
    const leaked = world.keys.create({ name: 'leaked', scopes: ['chat'] });
    const good = world.keys.create({ name: 'good', scopes: ['chat'] });
    const [first, second, other] = [
      await world.enter(world.bearer(leaked.key)),
      await world.enter(world.bearer(leaked.key)),
      await world.enter(world.bearer(good.key)),
    ];
    world.keys.revoke(leaked.id);
    // In the same tick, before any of the sockets could react.
    expect(world.hall.clients.map((client) => client.gone)).toEqual([true, true, false]);
    first.socket.send('too late');
    expect((await first.closed).code).toBe(1008);
    expect((await second.closed).code).toBe(1008);
    expect(await first.frame((frame) => frame.includes('closing'))).toContain('unauthorized');
    expect(world.hall.clients[0]?.received).toEqual([]);
    expect(await world.connect({ headers: world.bearer(leaked.key) })).toMatchObject({
      ok: false,
      answer: { status: 401 },
    });
    other.socket.send('still here');
    await other.frame((frame) => frame === 'still here');
  });

  it('never stand in the log', async () => {
    const { key } = world.keys.create({ name: 'k', scopes: ['chat'] });
    await world.enter(world.bearer(key));
    await world.connect({ headers: world.bearer(`${key}x`) });
    await world.connect({ path: `/api/v1/ws?token=${key}` });
    expect(JSON.stringify(world.logged)).not.toContain(key);
  });
});

describe('a one-time link', () => {
  it('signs one browser in, as the owner’s login, with a cookie that scripts and other sites cannot use', async () => {
    const answer = await open(codeOf(world.gateway.openLink()), {
      'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/140.0',
    });
    expect(answer.status).toBe(200);
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(new RegExp(`^qd_${world.port}=qdl_[A-Za-z0-9_-]{43}; `));
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    expect(cookie).toContain('Path=/api/v1');
    expect(cookie).not.toContain('Domain');
    const who = JSON.parse((await me({ cookie: cookie.split(';')[0]! })).text);
    expect(who.actor).toMatchObject({ kind: 'login', name: 'Firefox on Linux', via: 'browser' });
    expect(who.scopes).toContain('admin');
  });

  it('works once', async () => {
    const code = codeOf(world.gateway.openLink());
    expect((await open(code)).status).toBe(200);
    const again = await open(code);
    expect(again.status).toBe(401);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(problemIn(again).next).toContain('fresh link');
  });

  it('works for one of two who try at the same time', async () => {
    const code = codeOf(world.gateway.openLink());
    const answers = await Promise.all(Array.from({ length: 8 }, () => open(code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('is void after ten minutes', async () => {
    const code = codeOf(world.gateway.openLink());
    world.clock.advance(10 * 60_000);
    expect((await open(code)).status).toBe(401);
  });

  it('is taken only from our own page', async () => {
    const code = codeOf(world.gateway.openLink());
    const answer = await world.http('/api/v1/open', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    expect(answer.status).toBe(403);
    expect((await open(code, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await open(code)).status).toBe(200);
  });

  it('leaves a browser that is signed in already who it is', async () => {
    const cookie = await world.signIn();
    const again = await open(codeOf(world.gateway.openLink()), { cookie });
    expect(again.status).toBe(200);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(world.logins.list()).toHaveLength(1);
  });
});

describe('a link on a full disk', () => {
  it('is not used up: it says so, and signs in once there is room', async () => {
    const code = codeOf(world.gateway.openLink());
    const create = world.logins.create;
    world.logins.create = () => {
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    };
    const answer = await open(code);
    expect(problemIn(answer)).toMatchObject({ code: 'storage_full', impact: expect.stringContaining('not used up') });
    world.logins.create = create;
    expect((await open(code)).status).toBe(200);
    expect((await open(code)).status).toBe(401);
  });
});

describe('the gateway, asked to prove itself', () => {
  const prove = (body: unknown, headers: Record<string, string> = {}) =>
    world.http('/api/v1/prove', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const nonce = 'n'.repeat(43);

  it('proves that it knows the token, for this address only', async () => {
    expect(nonce).toMatch(nonceShape);
    const answer = await prove({ nonce });
    expect(JSON.parse(answer.text)).toEqual({ proof: proofOf(ownerToken, nonce, world.url) });
    expect(answer.text).not.toContain(ownerToken);
    expect(await provesItself(world.url, ownerToken)).toBe(true);
    expect(await provesItself(world.url, `qdo_${'x'.repeat(43)}`)).toBe(false);
    expect(await provesItself(world.url.replace('127.0.0.1', 'localhost'), ownerToken)).toBe(false);
  });

  it('answers neither other pages nor nonsense, which counts as a failed sign-in', async () => {
    expect((await prove({ nonce }, { origin: 'http://evil.example' })).status).toBe(403);
    const statuses = [];
    for (let n = 0; n < 12; n += 1) statuses.push((await prove({ nonce: n })).status);
    expect(statuses[0]).toBe(400);
    expect(statuses.at(-1)).toBe(429);
    expect((await prove({ nonce })).status).toBe(200);
  });
});

describe('a signed-in browser', () => {
  it('opens its socket with the cookie and our origin, and not without the origin', async () => {
    const cookie = await world.signIn();
    await world.enter({ cookie, ...world.own });
    expect(world.hall.clients[0]?.principal.actor.kind).toBe('login');
    expect(await world.connect({ headers: { cookie } })).toMatchObject({ ok: false, answer: { status: 403 } });
  });

  it('finds its cookie between those of other programs on this host', async () => {
    const cookie = await world.signIn();
    expect((await me({ cookie: `a=b; qd_1=x; qd_${world.port}x=y; qd=z; ${cookie}` })).status).toBe(200);
  });

  it('has a cookie that ends with the session of the browser', async () => {
    const answer = await open(codeOf(world.gateway.openLink()));
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(/^qd_\d+=qdl_[\w-]{43}; Path=\/api\/v1; HttpOnly; SameSite=Strict$/),
      expect.stringMatching(/^qd_\d+=qdl_[\w-]{43}; Path=\/auth; HttpOnly; SameSite=Strict$/),
    ]);
  });

  it('is signed out by a restart of the app, also where its cookie comes to the new one', async () => {
    const cookie = await world.signIn();
    const value = cookie.split('=')[1];
    const { createGateway } = await import('./gateway.ts');
    const second = createGateway({ ...world.deps, logins: world.loginsAfterRestart() });
    const listening = await second.listen({ port: 0 });
    if (!listening.ok) throw new Error(listening.error.message);
    const answer = await fetch(`${listening.value.url}/api/v1/me`, {
      headers: { cookie: `qd_${listening.value.port}=${value}` },
    });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=0');
    await answer.body?.cancel();
    await second.close();
  });

  it('is signed out by logout: its sockets close, its cookie is void and taken back', async () => {
    const cookie = await world.signIn();
    const other = await world.signIn();
    const client = await world.enter({ cookie, ...world.own });
    const bystander = await world.enter({ cookie: other, ...world.own });
    expect((await world.http('/api/v1/logout', { method: 'POST', headers: { cookie } })).status).toBe(403);
    const answer = await world.http('/api/v1/logout', { method: 'POST', headers: { cookie, ...world.own } });
    expect(answer.status).toBe(200);
    expect(String(answer.headers['set-cookie'])).toContain('Max-Age=0');
    expect((await client.closed).code).toBe(1008);
    const late = await me({ cookie });
    expect(late.status).toBe(401);
    expect(String(late.headers['set-cookie'])).toContain('Max-Age=0');
    bystander.socket.send('still here');
    await bystander.frame((frame) => frame === 'still here');
  });

  it('is signed out after 30 days at the latest, also while its socket is open', async () => {
    const cookie = await world.signIn();
    world.clock.advance(loginLifetimeMs - 20_000);
    const client = await world.enter({ cookie, ...world.own });
    world.clock.advance(30_000);
    expect((await client.closed).code).toBe(1008);
    expect((await me({ cookie })).status).toBe(401);
  });

  it('is named by browser and system, not by its whole User-Agent', () => {
    expect(browserName('Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/150 Safari/537 Edg/150')).toBe(
      'Edge on Windows',
    );
    expect(browserName('Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/19 Safari/605')).toBe('Safari on macOS');
    expect(browserName(undefined)).toBe('Browser');
  });
});

describe('failed sign-ins', () => {
  it('are told to wait after some, with Retry-After, while good credentials go on', async () => {
    const { key } = world.keys.create({ name: 'k', scopes: ['chat'] });
    const cookie = await world.signIn();
    const statuses = [];
    for (let n = 0; n < 15; n += 1) statuses.push((await me(world.bearer('qd_wrong'))).status);
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(statuses.slice(10)).toEqual(Array.from({ length: 5 }, () => 429));
    const answer = await open('qdc_wrong');
    expect(answer.status).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(problemIn(answer).code).toBe('rate_limited');
    expect(await world.connect({ headers: world.bearer('qd_wrong') })).toMatchObject({
      ok: false,
      answer: { status: 429 },
    });

    expect((await me(world.bearer(key))).status).toBe(200);
    expect((await me({ cookie })).status).toBe(200);
    expect((await open(codeOf(world.gateway.openLink()))).status).toBe(200);
    // A page that was never signed in asks who it is: that is no failure.
    expect((await me({})).status).toBe(401);

    world.clock.advance(Number(answer.headers['retry-after']) * 1000);
    expect((await me(world.bearer('qd_wrong'))).status).toBe(401);
  });
});
