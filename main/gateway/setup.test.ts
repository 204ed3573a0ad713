import { existsSync, readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownerPrincipal } from '../security/principal.ts';
import { createSetupCode } from '../security/setup-code.ts';
import { problemIn, startTestGateway, type TestGateway } from './gateway-test-support.ts';

let world: TestGateway;
beforeEach(async () => {
  world = await startTestGateway();
});
afterEach(() => world.stop());

const shown = () => world.browsers.browserSignIn.setup!.show();
const post = (path: string, body: unknown, headers: Record<string, string> = world.own) =>
  world.http(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const withKey = (code: unknown, more: object = {}) => post('/api/v1/setup', { code, ...more }, {});
const withPassword = (code: unknown, password = 'a long password') => post('/api/v1/setup/account', { code, password });
const state = async () => JSON.parse((await world.http('/api/v1/setup')).text);

describe('the first-run setup', () => {
  it('tells what it needs, and the code stands in a file that only the owner can read', async () => {
    const { code, file } = shown()!;
    expect(code).toMatch(/^qdc_[\w-]{22}$/);
    expect(await state()).toEqual({ setup_required: true, account_setup_available: true, needs: ['setup_code'] });
    expect(readFileSync(file, 'utf8').trim()).toBe(code);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(world.logged)).not.toContain(code);
  });

  it('opens for nobody without the code', async () => {
    for (const code of [undefined, '', 'qdc_guess', 1, null, '123456', `${shown()!.code}x`]) {
      for (const answer of [await withKey(code), await withPassword(code)]) {
        expect([400, 401, 429]).toContain(answer.status);
        expect(answer.headers['set-cookie']).toBeUndefined();
      }
    }
    expect(world.keys.list()).toEqual([]);
    expect((await state()).setup_required).toBe(true);
  });

  it('makes a key, once; then the code is void, its file gone, and the answer 409', async () => {
    const { code, file } = shown()!;
    const made = await withKey(code);
    expect(made.status).toBe(201);
    const { key, scopes } = JSON.parse(made.text);
    expect(scopes).toEqual(['admin']);
    expect((await world.http('/api/v1/me', { headers: world.bearer(key) })).status).toBe(200);
    for (const answer of [await withKey(code), await withPassword(code), await withKey('qdc_guess')]) {
      expect(answer.status).toBe(409);
      expect(problemIn(answer)).toMatchObject({ code: 'conflict', next: expect.any(String) });
    }
    expect(existsSync(file)).toBe(false);
    expect(await state()).toEqual({ setup_required: false, account_setup_available: false, needs: [] });
  });

  it('sets a password and signs that browser in', async () => {
    const weak = await withPassword(shown()!.code, 'short');
    expect(weak.status).toBe(400);
    const answer = await withPassword(shown()!.code);
    expect(answer.status).toBe(200);
    const cookie = String([answer.headers['set-cookie'] ?? []].flat()[0]).split(';')[0]!;
    expect((await world.http('/api/v1/me', { headers: { cookie } })).status).toBe(200);
    expect((await post('/auth/login', { password: 'a long password' })).status).toBe(200);
  });

  it('lets exactly one of many at once win', async () => {
    const { code } = shown()!;
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? withPassword(code, `a long password ${n}`) : withKey(code))),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200 || status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(9);
    const passwordSet = world.browsers.browserSignIn.keeper.ways().password;
    expect(world.keys.list().length + (passwordSet ? 1 : 0)).toBe(1);
  });

  it('lets exactly one of two passwords at once win', async () => {
    const { code } = shown()!;
    const answers = await Promise.all([
      withPassword(code, 'password number one'),
      withPassword(code, 'password number two'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = answers[0].status === 200 ? 'password number one' : 'password number two';
    expect((await post('/auth/login', { password: won })).status).toBe(200);
    expect(world.logins.list()).toHaveLength(2);
  });

  it('is over as soon as any key was made or a password or provider set, whichever way', async () => {
    const { code, file } = shown()!;
    world.keys.create({ name: 'made in the window', scopes: ['chat'] });
    expect((await withKey(code)).status).toBe(409);
    expect((await state()).setup_required).toBe(false);
    expect(existsSync(file)).toBe(false);
  });

  it('never opens again by itself: not when every key is revoked and gone, not when the password is removed, not at the next start', async () => {
    const { keeper } = world.browsers.browserSignIn;
    const { file } = shown()!;
    const { id } = world.keys.create({ name: 'k', scopes: ['admin'] });
    world.keys.revoke(id);
    await keeper.setPassword('a long password', undefined, ownerPrincipal('window'));
    await keeper.setPassword(null, undefined, ownerPrincipal('window'));
    expect(keeper.setupIsOpen()).toBe(false);
    expect((await state()).setup_required).toBe(false);
    expect(createSetupCode(file, keeper.setupIsOpen).show()).toBeNull();
    expect(existsSync(file)).toBe(false);
  });

  it('sets nothing up from a page of another origin', async () => {
    const { code } = shown()!;
    for (const headers of [{ origin: 'https://evil.example' }, { ...world.own, 'sec-fetch-site': 'cross-site' }]) {
      expect((await post('/api/v1/setup/account', { code, password: 'a long password' }, headers)).status).toBe(403);
      expect((await post('/api/v1/setup', { code }, headers)).status).toBe(403);
    }
    expect((await post('/api/v1/setup/account', { code, password: 'a long password' }, {})).status).toBe(403);
    expect((await state()).setup_required).toBe(true);
  });

  it('counts wrong codes, and says when to come back', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) statuses.push((await withKey(`qdc_guess${n}`)).status);
    expect(statuses).toContain(429);
    expect((await withKey(shown()!.code)).status).toBe(201);
  });
});
