import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RestWorld, startRest } from './rest-test-support.ts';

let world: RestWorld;
beforeAll(async () => {
  world = await startRest();
});
afterAll(() => world.stop());

describe('keys over HTTP', () => {
  it('are made once with their secret, listed without it, revoked, and dead from the next request on', async () => {
    const made = await world.rest('POST', '/api/v1/keys', { body: { name: 'nightly', scopes: ['sessions:read'] } });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ name: 'nightly', scopes: ['sessions:read'], key: expect.stringMatching(/^qd_/) });
    const { id, key } = made.json;
    expect((await world.rest('GET', '/api/v1/me', { key })).json.scopes).toEqual(['sessions:read']);
    const listed = await world.rest('GET', '/api/v1/keys');
    expect(listed.text).not.toContain(key);
    expect(listed.json.find((one: { id: string }) => one.id === id)).toMatchObject({
      revoked: false,
      revoked_at: null,
    });
    expect(await world.rest('DELETE', `/api/v1/keys/${id}`)).toMatchObject({ status: 204, text: '' });
    const refused = await world.rest('GET', '/api/v1/me', { key });
    expect([refused.status, refused.headers['x-auth-failure']]).toEqual([401, 'credential-invalid']);
    expect((await world.rest('DELETE', `/api/v1/keys/${id}`)).status).toBe(404);
  });

  it('cannot give what they do not hold', async () => {
    const { key } = await world.key(['keys:write', 'chat']);
    const body = { name: 'more', scopes: ['admin'] };
    expect(await world.rest('POST', '/api/v1/keys', { key, body })).toMatchObject({ status: 403 });
    expect((await world.rest('POST', '/api/v1/keys', { key, body: { name: 'same', scopes: ['chat'] } })).status).toBe(
      201,
    );
  });

  it('of a wrong shape are refused, and the answer names the field', async () => {
    for (const [body, field] of [
      [{ name: '', scopes: ['chat'] }, 'name'],
      [{ name: 'x', scopes: [] }, 'scopes'],
      [{ name: 'x', scopes: ['root'] }, 'scopes'],
      [{ name: 'x'.repeat(201), scopes: ['chat'] }, 'name'],
    ] as const) {
      const refused = await world.rest('POST', '/api/v1/keys', { body });
      expect(refused.status).toBe(400);
      expect(refused.json.error).toContain(`"${field}`);
    }
  });
});

describe('the key-value store over HTTP', () => {
  const kv = (method: string, path: string, body?: unknown) => world.rest(method, `/api/v1/kv/${path}`, { body });

  it('keeps, lists by prefix, replaces and deletes; a slash in a key is only a character', async () => {
    expect((await kv('GET', 'demo')).json).toEqual({ entries: [] });
    expect((await kv('PUT', 'demo/notes/today', { value: 'write tests' })).json).toMatchObject({
      key: 'notes/today',
      value: 'write tests',
      expires_at: null,
    });
    await kv('PUT', 'demo/notes%2Ftomorrow', { value: 'more' });
    await kv('PUT', 'demo/other', { value: 'x' });
    const names = (answer: { json: { entries: { key: string }[] } }) => answer.json.entries.map(({ key }) => key);
    expect(names(await kv('GET', 'demo?prefix=notes/'))).toEqual(['notes/today', 'notes/tomorrow']);
    expect(names(await kv('GET', 'demo?prefix=%25'))).toEqual([]);
    await kv('PUT', 'demo/other', { value: 'y' });
    expect((await kv('GET', 'demo/other')).json.value).toBe('y');
    expect((await kv('DELETE', 'demo/other')).status).toBe(204);
    expect((await kv('DELETE', 'demo/other')).status).toBe(404);
    expect((await kv('GET', 'demo/other')).json.code).toBe('not_found');
    expect((await kv('GET', 'somebody')).json).toEqual({ entries: [] });
  });

  it('takes 64 KiB and not one byte more, counted as UTF-8', async () => {
    expect((await kv('PUT', 'demo/big', { value: 'é'.repeat(32_768) })).status).toBe(200);
    const refused = await kv('PUT', 'demo/big', { value: `${'é'.repeat(32_768)}x` });
    expect([refused.status, refused.json.code]).toEqual([413, 'frame_too_large']);
    expect((await kv('GET', 'demo/big')).json.value).toHaveLength(32_768);
  });

  it('needs kv:read to read and kv:write to write; neither implies the other', async () => {
    const reads = (await world.key(['kv:read'])).key;
    const writes = (await world.key(['kv:write'])).key;
    const as = (key: string, method: string, body?: unknown) => world.rest(method, '/api/v1/kv/demo/k', { key, body });
    expect((await as(reads, 'PUT', { value: 'x' })).status).toBe(403);
    expect((await as(writes, 'PUT', { value: 'x' })).status).toBe(200);
    expect((await as(writes, 'GET')).status).toBe(403);
    expect((await as(reads, 'GET')).status).toBe(200);
    expect((await as(reads, 'DELETE')).status).toBe(403);
  });
});

describe('the server over HTTP', () => {
  it('tells and changes its settings', async () => {
    expect((await world.rest('GET', '/api/v1/server/config')).json).toMatchObject({ requests_per_second: 0 });
    const changed = await world.rest('PATCH', '/api/v1/server/config', { body: { idle_close_minutes: 5 } });
    expect(changed.json).toMatchObject({ idle_close_minutes: 5, requests_per_second: 0 });
    const wrong = await world.rest('PATCH', '/api/v1/server/config', { body: { requests_per_second: -1 } });
    expect([wrong.status, wrong.json.error]).toEqual([400, expect.stringContaining('requests_per_second')]);
  });

  it('holds a key to its rate and says when to come back; the owner goes on', async () => {
    const { key } = await world.key(['sessions:read']);
    await world.rest('PATCH', '/api/v1/server/config', { body: { requests_per_second: 1 } });
    try {
      const answers = [];
      for (let tries = 0; tries < 3; tries += 1) answers.push(await world.rest('GET', '/api/v1/me', { key }));
      const refused = answers.find(({ status }) => status === 429);
      expect(refused?.json).toMatchObject({ code: 'rate_limited', error: expect.any(String) });
      expect(refused?.headers['retry-after']).toBe('1');
      expect((await world.rest('GET', '/api/v1/me')).status).toBe(200);
    } finally {
      await world.rest('PATCH', '/api/v1/server/config', { body: { requests_per_second: 0 } });
    }
  });

  it('measures itself for whoever has the scope "health", and nobody else', async () => {
    const { key } = await world.key(['health']);
    for (const path of ['/metrics', '/api/v1/metrics']) {
      const answer = await world.rest('GET', path, { key });
      expect(answer.headers['content-type']).toContain('text/plain; version=0.0.4');
      expect(answer.text).toMatch(/^quarterdeck_info\{version="1\.2\.3"\} 1$/m);
      expect(answer.text).toMatch(
        /^quarterdeck_http_requests_total\{method="GET",route="\/api\/v1\/me",status="200"\} [1-9]/m,
      );
      expect((await world.rest('GET', path, { key: '' })).status).toBe(401);
      expect((await world.rest('GET', path, { key: (await world.key(['chat'])).key })).status).toBe(403);
    }
  });

  it('looks again at the machine', async () => {
    expect((await world.rest('POST', '/api/v1/server/reload')).json).toMatchObject({ status: 'reloaded' });
  });

  it('says that it cannot start itself again where it cannot, and goes on', async () => {
    const refused = await world.rest('POST', '/api/v1/server/restart');
    expect([refused.status, refused.json.code]).toEqual([409, 'conflict']);
    expect(refused.json.next).toContain('supervisor');
    expect((await world.rest('GET', '/api/v1/health', { key: '' })).status).toBe(200);
  });

  it('names its agents and models', async () => {
    const agents = await world.rest('GET', '/api/v1/agents');
    expect(agents.json.find((one: { name: string }) => one.name === 'demo')).toMatchObject({ state: 'ready' });
    expect((await world.rest('GET', '/api/v1/models')).json.models).toBeInstanceOf(Array);
  });

  it('keeps every answer of the API out of every cache', async () => {
    for (const path of ['/api/v1/health', '/api/v1/me', '/api/v1/nothing', '/api/v1/kv/demo']) {
      expect((await world.rest('GET', path)).headers['cache-control'], path).toBe('no-store');
    }
  });
});
