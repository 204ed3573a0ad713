import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attemptLimits } from '../security/attempt-limiter.ts';
import { ownerPrincipal } from '../security/principal.ts';
import { type HttpAnswer, ownerToken, problemIn, startTestGateway, type TestGateway } from './gateway-test-support.ts';

const password = 'correct horse battery staple';
let world: TestGateway;

const post = (path: string, body: unknown, headers: Record<string, string> = world.own, method = 'POST') =>
  world.http(path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const logIn = (given = password, headers: Record<string, string> = world.own) =>
  post('/auth/login', { password: given }, headers);
const cookieOf = (answer: HttpAnswer) => [answer.headers['set-cookie'] ?? []].flat()[0]?.split(';')[0] ?? '';
const setPassword = (to: string | null) =>
  world.browsers.browserSignIn.keeper.setPassword(to, undefined, ownerPrincipal('window'));
const me = (cookie: string) => world.http('/api/v1/me', { headers: { cookie } });

beforeEach(async () => {
  world = await startTestGateway();
  const set = await setPassword(password);
  if (!set.ok) throw new Error(set.error.message);
});
afterEach(() => world.stop());

describe('signing in by password', () => {
  it('gives a cookie of a day that scripts and other sites cannot use, and the rights of the owner', async () => {
    const answer = await logIn(password, { ...world.own, 'user-agent': 'Firefox/140.0 (Linux)' });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ authenticated: true, email: 'admin', by: 'password' });
    const pattern = (path: string) =>
      expect.stringMatching(
        new RegExp(`^qd_${world.port}=qdl_[\\w-]{43}; Path=${path}; HttpOnly; SameSite=Strict; Max-Age=86400$`),
      );
    expect(answer.headers['set-cookie']).toEqual([pattern('/api/v1'), pattern('/auth')]);
    const whoAmI = await me(cookieOf(answer));
    expect(JSON.parse(whoAmI.text)).toMatchObject({ actor: { kind: 'login', name: 'Firefox on Linux' } });
    expect(JSON.parse(whoAmI.text).scopes).toContain('admin');
    expect(world.logins.list()).toMatchObject([{ by: 'password', address: '127.0.0.1', email: null }]);
  });

  it('keeps neither password nor token: SHA-256 of the one, argon2id of the other', async () => {
    const token = cookieOf(await logIn()).split('=')[1]!;
    const bytes = ['quarterdeck.db', 'quarterdeck.db-wal']
      .map((file) => readFileSync(join(world.folder, file), 'latin1'))
      .join('');
    expect(bytes).toContain('$argon2id$v=19$');
    expect(bytes).not.toContain(password);
    expect(bytes).not.toContain(token);
    expect(JSON.stringify(world.logged)).not.toContain(password);
  });

  it('refuses a wrong password without a cookie', async () => {
    for (const wrong of ['wrong', `${password} `, password.toUpperCase(), '']) {
      const answer = await logIn(wrong);
      expect(answer.status).toBe(wrong === '' ? 400 : 401);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  it('answers 404 where no password is set, and lets in nobody', async () => {
    await setPassword(null);
    const answer = await logIn();
    expect(answer.status).toBe(404);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(JSON.parse((await world.http('/auth/config')).text)).toMatchObject({ password_enabled: false });
  });

  it('survives a restart, and ends after its day however much it is used', async () => {
    const answer = await logIn();
    const token = cookieOf(answer).split('=')[1]!;
    expect(world.loginsAfterRestart().find(token)).toMatchObject({ by: 'password' });
    for (let hour = 0; hour < 23; hour += 1) {
      world.clock.advance(3_600_000);
      expect((await me(cookieOf(answer))).status).toBe(200);
    }
    world.clock.advance(3_600_000);
    expect((await me(cookieOf(answer))).status).toBe(401);
  });

  it('lasts as long as is set, for logins from then on', async () => {
    world.browsers.browserSignIn.keeper.setRules({ lifetime_hours: 720 });
    const answer = await logIn();
    expect(String(answer.headers['set-cookie'])).toContain(`Max-Age=${30 * 86_400}`);
  });

  it('ends the login that this browser had before', async () => {
    const first = await logIn();
    const second = await logIn(password, { ...world.own, cookie: cookieOf(first) });
    expect((await me(cookieOf(first))).status).toBe(401);
    expect((await me(cookieOf(second))).status).toBe(200);
    expect(world.logins.list()).toHaveLength(1);
  });
});

describe('over TLS', () => {
  it('has a cookie that only our own secure page can have set, and no other counts', async () => {
    world.browsers.browserSignIn.keeper.setRules({ trusted_proxies: ['127.0.0.1'] });
    const secure = { ...world.own, 'x-forwarded-proto': 'https' };
    const answer = await logIn(password, secure);
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(
        new RegExp(
          `^__Host-qd_${world.port}=qdl_[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=86400$`,
        ),
      ),
    ]);
    const cookie = cookieOf(answer);
    const ask = (shown: string) =>
      world.http('/api/v1/me', { headers: { cookie: shown, 'x-forwarded-proto': 'https' } });
    expect((await ask(cookie)).status).toBe(200);
    expect((await ask(cookie.replace('__Host-', ''))).status).toBe(401);
    // Whoever is not that proxy cannot say so.
    world.browsers.browserSignIn.keeper.setRules({ trusted_proxies: [] });
    expect(String((await logIn(password, secure)).headers['set-cookie'])).not.toContain('Secure');
  });
});

describe('guessing at a password', () => {
  it('is over after five wrong ones from an address, also with the right one, and says until when', async () => {
    for (let n = 0; n < attemptLimits.perAddress; n += 1) expect((await logIn('wrong')).status).toBe(401);
    const refused = await logIn();
    expect(refused.status).toBe(429);
    expect(problemIn(refused)).toMatchObject({ code: 'rate_limited', next: expect.stringMatching(/Wait 3 min/) });
    const waitS = Number(refused.headers['retry-after']);
    expect(waitS).toBe(180);
    world.clock.advance(waitS * 1000);
    expect((await logIn()).status).toBe(200);
  });

  it('is not quicker with many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => logIn('wrong')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(attemptLimits.perAddress);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(12 - attemptLimits.perAddress);
  });

  it('is not counted apart for what X-Forwarded-For says, unless a proxy that is trusted says it', async () => {
    const from = (address: string) => logIn('wrong', { ...world.own, 'x-forwarded-for': address });
    for (let n = 0; n < attemptLimits.perAddress; n += 1) await from(`10.0.0.${n}`);
    expect((await from('10.0.0.99')).status).toBe(429);

    world.browsers.browserSignIn.keeper.setRules({ trusted_proxies: ['127.0.0.1'] });
    expect((await from('10.0.0.99')).status).toBe(401);
    // What the client wrote itself stands before what the proxy adds.
    for (let n = 1; n < attemptLimits.perAddress; n += 1)
      expect((await from(`10.9.9.${n}, 10.0.0.99`)).status).toBe(401);
    expect((await from('10.9.9.9, 10.0.0.99')).status).toBe(429);
    const good = await logIn(password, { ...world.own, 'x-forwarded-for': '10.0.0.50' });
    expect(good.status).toBe(200);
    expect(world.logins.list()[0]?.address).toBe('10.0.0.50');
  });

  it('does not hold up keys, links and browsers that are signed in', async () => {
    const cookie = cookieOf(await logIn());
    for (let n = 0; n <= attemptLimits.perAddress; n += 1) await logIn('wrong');
    expect((await me(cookie)).status).toBe(200);
    expect((await world.http('/api/v1/me', { headers: world.bearer(ownerToken) })).status).toBe(200);
    expect((await me(await world.signIn())).status).toBe(200);
  });
});

describe('guessing at the present password', () => {
  it('is limited over every door for whoever is signed in', async () => {
    const cookie = cookieOf(await logIn());
    const { id } = world.logins.list()[0]!;
    const { keeper } = world.browsers.browserSignIn;
    const actor = { kind: 'login', id, name: 'Firefox', via: 'browser' } as const;
    for (let n = 0; n < attemptLimits.perAddress; n += 1)
      expect(await keeper.setPassword('another good one', 'wrong', { actor })).toMatchObject({
        error: { code: 'unauthorized' },
      });
    expect(await keeper.setPassword('another good one', password, { actor })).toMatchObject({
      error: { code: 'rate_limited' },
    });
    expect((await me(cookie)).status).toBe(200);
  });
});

describe('a page of another origin', () => {
  const strangers: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'http://127.0.0.1:1' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    {},
  ];

  it('cannot sign a browser in (login CSRF), and a request without an Origin cannot either', async () => {
    for (const headers of strangers) {
      const answer = await logIn(password, headers);
      expect(answer.status, JSON.stringify(headers)).toBe(403);
      expect(problemIn(answer).code).toBe('origin_refused');
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    expect((await logIn(password, { ...world.own, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await logIn(password, { ...world.own, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('cannot change anything with the cookie of a browser', async () => {
    const cookie = cookieOf(await logIn());
    const { id } = world.logins.list()[0]!;
    for (const headers of strangers) {
      for (const [method, path, body] of [
        ['POST', '/auth/logout', {}],
        ['POST', '/api/v1/logout', {}],
        ['POST', '/api/v1/auth/password', { current_password: password, new_password: 'another one' }],
        ['DELETE', `/api/v1/auth/sessions/${id}`, {}],
        ['DELETE', '/api/v1/auth/sessions', {}],
      ] as const) {
        expect(
          (await post(path, body, { ...headers, cookie }, method)).status,
          `${path} ${JSON.stringify(headers)}`,
        ).toBe(403);
      }
    }
    expect((await me(cookie)).status).toBe(200);
  });

  it('cannot send a form: only JSON is read', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
      const answer = await post('/auth/login', JSON.stringify({ password }), { ...world.own, 'content-type': type });
      expect(answer.status).toBe(415);
    }
  });
});

describe('ending logins', () => {
  it('by logout ends the login on the server, closes its sockets and takes the cookies back', async () => {
    const answer = await logIn();
    const cookie = cookieOf(answer);
    const client = await world.enter({ cookie, ...world.own });
    const out = await post('/auth/logout', {}, { ...world.own, cookie });
    expect(JSON.parse(out.text)).toEqual({ ok: true });
    expect(out.headers['set-cookie']).toEqual([
      expect.stringContaining('Max-Age=0'),
      expect.stringContaining('Max-Age=0'),
    ]);
    expect((await client.closed).code).toBe(1008);
    const late = await me(cookie);
    expect(late.status).toBe(401);
    expect(String(late.headers['set-cookie'])).toContain('Max-Age=0');
    const session = await world.http('/auth/session', { headers: { cookie } });
    expect([session.status, JSON.parse(session.text)]).toEqual([200, { authenticated: false }]);
    expect(String(session.headers['set-cookie'])).toContain('Max-Age=0');
    expect((await post('/auth/logout', {}, { ...world.own, cookie })).status).toBe(200);
  });

  it('by a new password ends every other one with its sockets; the old password fails and the new one works at once', async () => {
    const [own, other] = [cookieOf(await logIn()), cookieOf(await logIn())];
    const link = await world.signIn();
    const [ownClient, otherClient, linkClient] = [
      await world.enter({ cookie: own, ...world.own }),
      await world.enter({ cookie: other, ...world.own }),
      await world.enter({ cookie: link, ...world.own }),
    ];
    const change = (current_password: string | undefined, new_password: string) =>
      post('/api/v1/auth/password', { current_password, new_password }, { ...world.own, cookie: own });
    expect((await change('wrong', 'another good one')).status).toBe(401);
    expect((await change(undefined, 'another good one')).status).toBe(401);
    expect((await change(password, 'short')).status).toBe(400);
    expect((await me(other)).status).toBe(200);
    expect((await change(password, 'another good one')).status).toBe(200);
    expect((await otherClient.closed).code).toBe(1008);
    expect((await linkClient.closed).code).toBe(1008);
    expect((await me(other)).status).toBe(401);
    expect((await me(own)).status).toBe(200);
    ownClient.socket.send('still here');
    await ownClient.frame((frame) => frame === 'still here');
    expect((await logIn()).status).toBe(401);
    expect((await logIn('another good one')).status).toBe(200);
  });

  it('one by one, and all', async () => {
    const [own, other] = [cookieOf(await logIn()), cookieOf(await logIn())];
    const listed = JSON.parse((await world.http('/api/v1/auth/sessions', { headers: { cookie: own } })).text);
    expect(listed.sessions).toHaveLength(2);
    const mine = listed.sessions.find(({ current }: { current: boolean }) => current);
    expect(listed.current_session_id).toBe(mine.id);
    expect(mine).toMatchObject({ by: 'password', ip: '127.0.0.1', user_agent: expect.any(String) });
    expect(JSON.stringify(listed)).not.toMatch(/token|hash/);
    const theirs = listed.sessions.find(({ current }: { current: boolean }) => !current);
    const client = await world.enter({ cookie: other, ...world.own });
    const remove = (path: string) => world.http(path, { method: 'DELETE', headers: { ...world.own, cookie: own } });
    expect((await remove(`/api/v1/auth/sessions/${theirs.id}`)).status).toBe(204);
    expect((await client.closed).code).toBe(1008);
    expect((await me(other)).status).toBe(401);
    expect((await remove(`/api/v1/auth/sessions/${theirs.id}`)).status).toBe(204);
    const all = await remove('/api/v1/auth/sessions');
    expect(JSON.parse(all.text)).toEqual({ revoked: 1 });
    expect((await me(own)).status).toBe(401);
  });

  it('and everything about signing in is the owner’s: a key without admin is refused', async () => {
    const { key } = world.keys.create({ name: 'k', scopes: ['sessions:read', 'chat', 'keys:write', 'server:write'] });
    const headers = world.bearer(key);
    for (const path of ['/api/v1/auth/sessions', '/api/v1/auth/status', '/api/v1/auth/oidc/test'])
      expect((await world.http(path, { headers })).status).toBe(403);
    expect((await post('/api/v1/auth/password', { new_password: 'another good one' }, headers)).status).toBe(403);
    expect((await world.http('/api/v1/auth/sessions', { method: 'DELETE', headers })).status).toBe(403);
  });

  it('a key with admin still shows the password before it changes it; the owner at this machine need not', async () => {
    const { key } = world.keys.create({ name: 'k', scopes: ['admin'] });
    const set = (secret: string) =>
      post('/api/v1/auth/password', { new_password: 'another good one' }, world.bearer(secret));
    expect((await set(key)).status).toBe(401);
    expect((await set(ownerToken)).status).toBe(200);
  });
});
