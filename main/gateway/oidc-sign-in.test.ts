import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { visitLimits } from '../security/attempt-limiter.ts';
import { oidcPatienceMs } from '../security/oidc.ts';
import {
  clientId,
  clientSecret,
  startOidcProvider,
  type TestProvider,
  visitProvider,
} from '../security/oidc-provider-test-support.ts';
import { type HttpAnswer, startTestGateway, type TestGateway } from './gateway-test-support.ts';

let world: TestGateway;
let provider: TestProvider;

const keeper = () => world.browsers.browserSignIn.keeper;
const allow = (...allowed_emails: string[]) => {
  const set = keeper().setOidc({ issuer: provider.issuer, client_id: clientId, allowed_emails }, clientSecret);
  if (!set.ok) throw new Error(set.error.message);
};
beforeAll(async () => {
  world = await startTestGateway();
  provider = await startOidcProvider([`${world.url}/auth/callback`]);
});
beforeEach(() => {
  // What the test before has visited is forgotten.
  world.clock.advance(visitLimits.windowMs);
  provider.forgery.claims = undefined;
  provider.forgery.otherKeys = false;
  world.logins.revokeWhere(() => true);
  allow('ada@example.COM');
});
afterAll(async () => {
  await world.stop();
  await provider.stop();
});

const cookiesOf = (answer: HttpAnswer): string[] => [answer.headers['set-cookie'] ?? []].flat();
const loginCookieOf = (answer: HttpAnswer) =>
  cookiesOf(answer).find((cookie) => cookie.startsWith(`qd_${world.port}=qdl_`));

async function begin() {
  const answer = await world.http('/auth/oidc/login', { headers: { 'sec-fetch-site': 'same-origin' } });
  expect(answer.status).toBe(302);
  return { address: new URL(String(answer.headers.location)), visit: cookiesOf(answer)[0]!.split(';')[0]!, answer };
}
const comeBack = (to: URL, cookie?: string) =>
  world.http(`${to.pathname}${to.search}`, {
    headers: { 'sec-fetch-site': 'cross-site', ...(cookie === undefined ? {} : { cookie }) },
  });
/** The whole way. */
async function signIn(as: string) {
  const { address, visit } = await begin();
  const back = await visitProvider(address.href, as);
  return { answer: await comeBack(back, visit), back, visit };
}
async function expectRefusal(answer: HttpAnswer, status: number, words: RegExp) {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toContain('text/html');
  expect(answer.text).toMatch(words);
  expect(answer.text).toContain('Back to the sign-in page');
  expect(loginCookieOf(answer)).toBeUndefined();
  expect(world.logins.list()).toEqual([]);
}

describe('signing in by an identity provider', () => {
  it('goes there with state, nonce and a PKCE challenge, bound to this browser by a cookie of its own', async () => {
    const { address, answer } = await begin();
    const asked = Object.fromEntries(address.searchParams);
    expect(asked).toMatchObject({
      client_id: clientId,
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${world.url}/auth/callback`,
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(cookiesOf(answer)).toEqual([
      expect.stringMatching(/^qd_\d+_visit=[\w-]{43}; Path=\/auth\/callback; HttpOnly; SameSite=Lax; Max-Age=300$/),
    ]);
    // What binds it to the browser is neither told to the provider nor derived from what is.
    expect(address.href).not.toContain(cookiesOf(answer)[0]!.slice(0, 60).split('=')[1]!.split(';')[0]!);
  });

  it('lets in whose verified address is on the list, whatever the case, and hops to our own page', async () => {
    const { answer } = await signIn('ada');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('http-equiv="refresh" content="0; url=/"');
    const cookie = loginCookieOf(answer)!;
    expect(cookie).toContain('HttpOnly; SameSite=Strict; Max-Age=86400');
    expect(world.logins.list()).toMatchObject([{ by: 'oidc', email: 'Ada@Example.com', address: '127.0.0.1' }]);
    const headers = { cookie: cookie.split(';')[0]! };
    const session = JSON.parse((await world.http('/auth/session', { headers })).text);
    expect(session).toMatchObject({ authenticated: true, by: 'oidc', email: 'Ada@Example.com' });
    expect((await world.http('/api/v1/me', { headers })).status).toBe(200);
  });

  it('survives a restart of the app', async () => {
    const { answer } = await signIn('ada');
    const token = loginCookieOf(answer)!.split(/[=;]/)[1]!;
    expect(world.loginsAfterRestart().find(token)).toMatchObject({ by: 'oidc' });
  });

  it('refuses an address that is not on the list, and everybody where the list is empty', async () => {
    await expectRefusal((await signIn('mallory')).answer, 403, /mallory@example\.com is not on the list/);
    allow();
    await expectRefusal((await signIn('ada')).answer, 403, /is not on the list/);
  });

  it('refuses an address that the provider has not verified', async () => {
    await expectRefusal((await signIn('unverified')).answer, 403, /has not verified/);
    provider.forgery.claims = { email: 'ada@example.com' };
    await expectRefusal((await signIn('ada')).answer, 403, /has not verified/);
    provider.forgery.claims = { email: 'ada@example.com', email_verified: 'true' };
    await expectRefusal((await signIn('ada')).answer, 403, /has not verified/);
  });

  it('refuses an answer with another state, and none can be tried again on the same visit', async () => {
    const { address, visit } = await begin();
    const back = await visitProvider(address.href, 'ada');
    const good = back.href;
    back.searchParams.set('state', 'another');
    await expectRefusal(await comeBack(back, visit), 400, /belongs to another sign-in/);
    await expectRefusal(await comeBack(new URL(good), visit), 400, /was finished before/);
  });

  it('refuses an answer in a browser that did not ask, and without the cookie', async () => {
    const [one, other] = [await begin(), await begin()];
    const back = await visitProvider(one.address.href, 'ada');
    await expectRefusal(await comeBack(back, other.visit), 400, /belongs to another sign-in/);
    await expectRefusal(await comeBack(back), 400, /was not begun in this browser/);
    await expectRefusal(await comeBack(back, `qd_${world.port}_visit=guess`), 400, /was not begun in this browser/);
  });

  it('refuses another nonce', async () => {
    const { address, visit } = await begin();
    address.searchParams.set('nonce', 'another');
    await expectRefusal(await comeBack(await visitProvider(address.href, 'ada'), visit), 401, /can be trusted/);
  });

  it('refuses another PKCE challenge', async () => {
    const { address, visit } = await begin();
    address.searchParams.set('code_challenge', 'A'.repeat(43));
    await expectRefusal(await comeBack(await visitProvider(address.href, 'ada'), visit), 401, /can be trusted/);
  });

  it('refuses a callback that comes again, with the same cookie or a fresh one', async () => {
    const { back, visit } = await signIn('ada');
    world.logins.revokeWhere(() => true);
    await expectRefusal(await comeBack(back, visit), 400, /was finished before/);
    await expectRefusal(await comeBack(back, (await begin()).visit), 400, /belongs to another sign-in/);
  });

  it('refuses a state that is older than five minutes', async () => {
    const { address, visit } = await begin();
    const back = await visitProvider(address.href, 'ada');
    world.clock.advance(oidcPatienceMs);
    await expectRefusal(await comeBack(back, visit), 400, /longer than five minutes/);
  });

  it('refuses an ID token that is signed with another key, for another client, by another issuer, or run out', async () => {
    provider.forgery.otherKeys = true;
    await expectRefusal((await signIn('ada')).answer, 401, /can be trusted/);
    provider.forgery.otherKeys = false;
    for (const claims of [
      { aud: 'somebody-else' },
      { iss: 'https://id.example' },
      { exp: 1_000_000 },
      { nonce: undefined },
    ]) {
      provider.forgery.claims = claims;
      await expectRefusal((await signIn('ada')).answer, 401, /can be trusted/);
    }
  });

  it('says so when the person cancels, or when there is no code', async () => {
    await expectRefusal((await signIn('nobody')).answer, 403, /was cancelled/);
    const { address, visit } = await begin();
    const bare = new URL(`${world.url}/auth/callback?state=${address.searchParams.get('state')}`);
    await expectRefusal(await comeBack(bare, visit), 400, /sent no code/);
  });

  it('says so when the provider is down, before and in the middle', async () => {
    const gone = await startOidcProvider([`${world.url}/auth/callback`]);
    keeper().setOidc({ issuer: gone.issuer, client_id: clientId, allowed_emails: ['ada@example.com'] }, clientSecret);
    const { address, visit } = await begin();
    const back = await visitProvider(address.href, 'ada');
    await gone.stop();
    await expectRefusal(await comeBack(back, visit), 502, /cannot be reached/);
    await expectRefusal(await world.http('/auth/oidc/login'), 502, /cannot be reached/);
  });

  it('cannot be started by another page, and not where it is not set up', async () => {
    const answer = await world.http('/auth/oidc/login', { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(answer.status).toBe(400);
    keeper().setOidc(null, undefined);
    await expectRefusal(await world.http('/auth/oidc/login'), 404, /No identity provider/);
  });

  it('does not let one address send the provider visit after visit', async () => {
    const statuses: number[] = [];
    for (let n = 0; n <= visitLimits.perAddress; n += 1) statuses.push((await world.http('/auth/oidc/login')).status);
    expect(statuses.at(-1)).toBe(429);
    world.clock.advance(visitLimits.windowMs);
    expect((await world.http('/auth/oidc/login')).status).toBe(302);
  });

  it('takes plain HTTP for a provider on this machine only', async () => {
    for (const issuer of [
      'http://id.example',
      'http://127.0.0.1.id.example',
      'http://localhost.id.example',
      'ftp://127.0.0.1',
    ]) {
      expect(await keeper().testOidc(issuer)).toMatchObject({ ok: false, error: { code: 'invalid_frame' } });
    }
    expect(await keeper().testOidc(provider.issuer)).toMatchObject({ ok: true, value: { issuer: provider.issuer } });
    expect(await keeper().testOidc(`${provider.issuer}/other`)).toMatchObject({ ok: false });
  });

  it('never writes the client secret in clear, and keeps it when only the list changes', async () => {
    const { readdirSync, readFileSync } = await import('node:fs');
    for (const file of readdirSync(world.folder, { recursive: true, withFileTypes: true })) {
      if (file.isFile())
        expect(readFileSync(`${file.parentPath}/${file.name}`).includes(clientSecret), file.name).toBe(false);
    }
    const settings = { issuer: provider.issuer, client_id: clientId, allowed_emails: ['ada@example.com'] };
    expect(keeper().setOidc(settings, undefined)).toMatchObject({ ok: true, value: { oidc: { secret_stored: true } } });
    expect((await signIn('ada')).answer.status).toBe(200);
    const elsewhere = { ...settings, issuer: 'https://id.example' };
    expect(keeper().setOidc(elsewhere, undefined)).toMatchObject({
      ok: true,
      value: { oidc: { secret_stored: false } },
    });
  });

  it('ends the logins of whoever is not allowed any more, and their sockets', async () => {
    const { answer } = await signIn('ada');
    const client = await world.enter({ cookie: loginCookieOf(answer)!.split(';')[0]!, ...world.own });
    allow('grace@example.com');
    expect((await client.closed).code).toBe(1008);
    expect(world.logins.list()).toEqual([]);
  });
});
