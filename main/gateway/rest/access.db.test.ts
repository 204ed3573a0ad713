import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RestWorld, startRest } from './rest-test-support.ts';

let world: RestWorld;
beforeAll(async () => {
  world = await startRest();
});
afterAll(() => world.stop());

const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  world.rest(method, `/api/v1/${path}`, { body, headers });
const once = (key: string) => ({ 'idempotency-key': key });
const keys = async (name: string) =>
  (await ask('GET', 'keys')).json.filter((one: { name: string }) => one.name === name) as { id: string }[];
/** A session that waits for an answer, with two messages behind it. */
async function busy() {
  const id = await world.session();
  await ask('POST', `sessions/${id}/messages`, { text: 'write waits.txt: x' });
  const stream = await world.stream('GET', `/api/v1/sessions/${id}/events`);
  await stream.until(({ event }) => event === 'approval_request');
  stream.leave();
  const queued: string[] = [];
  for (const text of ['first', 'second']) {
    queued.push((await ask('POST', `sessions/${id}/messages`, { text })).json.queue_id);
  }
  return { id, queued: queued as [string, string] };
}
const texts = async (id: string) =>
  (await ask('GET', `sessions/${id}/queue`)).json.map(({ text }: { text: string }) => text);

describe('a route', () => {
  it.each([
    ['POST', 'keys/none/rotate', undefined, 404],
    ['POST', 'keys/none/rotate', { overlap_ms: -1 }, 400],
    ['DELETE', 'keys/none/permanent', undefined, 404],
    ['PATCH', 'devices/none', { name: 'x' }, 404],
    ['PATCH', 'devices/none', { name: '' }, 400],
    ['PATCH', 'devices/none', { scopes: ['root'] }, 400],
    ['DELETE', 'devices/none', undefined, 404],
    ['DELETE', 'devices/none/permanent', undefined, 404],
    ['DELETE', 'pairings/none', undefined, 404],
    ['POST', 'pairings', { name: 'x', scopes: [] }, 400],
    ['POST', 'pairings', { name: 'x', scopes: ['chat'], expires_at: 1 }, 400],
    ['PATCH', 'sessions/ses_notthere0000/queue/q_notthere0000', { text: 'x' }, 404],
    ['DELETE', 'sessions/ses_notthere0000/queue/q_notthere0000', undefined, 404],
    ['POST', 'sessions/ses_notthere0000/queue/q_notthere0000/send', undefined, 404],
    ['POST', 'sessions/ses_notthere0000/fork', undefined, 404],
    ['POST', 'sessions/nonsense/fork', undefined, 400],
    ['GET', 'search?text=', undefined, 400],
  ] as const)('%s %s with %j answers %i, with a problem in words', async (method, path, body, status) => {
    const answer = await ask(method, path, body);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining('"code"')]);
  });
});

describe('a key over HTTP', () => {
  it('is rotated, and taken off the list once it is revoked', async () => {
    const made = (await ask('POST', 'keys', { name: 'turned', scopes: ['chat'] })).json;
    expect((await ask('DELETE', `keys/${made.id}/permanent`)).status).toBe(409);
    const turned = await ask('POST', `keys/${made.id}/rotate`, { overlap_ms: 60_000 });
    expect(turned.json).toMatchObject({ name: 'turned', scopes: ['chat'], key: expect.stringMatching(/^qd_/) });
    // The old one overlaps.
    for (const key of [made.key, turned.json.key])
      expect((await world.rest('GET', '/api/v1/me', { key })).status).toBe(200);
    const again = await ask('POST', `keys/${made.id}/rotate`, undefined, once('rotate'));
    expect([again.status, again.json.code]).toEqual([409, 'conflict']);
    expect(again.text).toContain(turned.json.id);
    expect(again.text).not.toContain('qd_');
    for (const id of [made.id, turned.json.id]) {
      expect((await ask('DELETE', `keys/${id}`)).status).toBe(204);
      expect((await ask('DELETE', `keys/${id}/permanent`)).status).toBe(204);
    }
    expect(await keys('turned')).toEqual([]);
  });

  it('is made once by a request that is tried twice, at the same moment too, and its secret is told once', async () => {
    const make = (headers: Record<string, string>) =>
      ask('POST', 'keys', { name: 'retried', scopes: ['chat'] }, headers);
    const tries = await Promise.all([make(once('one')), make(once('one'))]);
    expect(tries.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = tries.find(({ status }) => status === 409)!;
    const [{ id }] = (await keys('retried')) as [{ id: string }];
    expect(refused.json.code).toBe('conflict');
    expect(refused.text).toContain(id);
    expect(refused.text).not.toContain('qd_');
    expect(await keys('retried')).toHaveLength(1);
    expect((await make(once('two'))).status).toBe(201);
    // The word of one credential means nothing to another.
    const { key } = await world.key(['keys:write', 'chat']);
    const other = { key, body: { name: 'retried', scopes: ['chat'] }, headers: once('one') };
    expect((await world.rest('POST', '/api/v1/keys', other)).status).toBe(201);
    expect(await keys('retried')).toHaveLength(3);
  });
});

it('makes a rule of a folder once, however often the request is tried', async () => {
  const make = (pattern: string, key: string) =>
    ask('POST', 'auto-approve', { agent: 'demo', tool: 'Retry', cwd: world.work, match: 'exact', pattern }, once(key));
  const [first, second] = await Promise.all([make('ls', 'r'), make('ls', 'r')]);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.json.id).toBe(first.json.id);
  expect((await make('rm', 'r')).status).toBe(409);
  const listed = (await ask('GET', 'auto-approve')).json;
  expect(listed.filter(({ tool_name }: { tool_name: string }) => tool_name === 'Retry')).toHaveLength(1);
});

describe('a session over HTTP', () => {
  it('has its waiting messages changed, moved, taken out and sent', async () => {
    const { id, queued } = await busy();
    const [first, second] = queued;
    expect((await ask('PATCH', `sessions/${id}/queue/${second}`, { text: 'changed', before: first })).status).toBe(200);
    expect(await texts(id)).toEqual(['changed', 'first']);
    expect((await ask('PATCH', `sessions/${id}/queue/${second}`, { before: null })).status).toBe(200);
    expect(await texts(id)).toEqual(['first', 'changed']);
    expect((await ask('DELETE', `sessions/${id}/queue/${first}`)).status).toBe(200);
    expect((await ask('DELETE', `sessions/${id}/queue/${first}`)).status).toBe(404);
    expect((await ask('POST', `sessions/${id}/queue/${second}/send`)).status).toBe(200);
    expect(await texts(id)).toEqual([]);
    expect((await ask('PATCH', `sessions/${id}/queue/${second}`, { text: '' })).status).toBe(400);
  });

  it('is forked, and found by its words', async () => {
    const id = await world.session({ title: 'Trunk' });
    await ask('POST', 'chat', { session_id: id, message: 'hello' });
    const branch = await ask('POST', `sessions/${id}/fork`, { title: 'Branch' });
    expect(branch.status).toBe(201);
    expect((await ask('GET', `sessions/${branch.json.session_id}`)).json.title).toBe('Branch');
    expect((await ask('GET', `sessions/${branch.json.session_id}/messages`)).text).toContain('hello');
    const found = await ask('GET', 'search?text=hello&limit=5');
    expect([found.status, found.json.hits.length > 0]).toEqual([200, true]);
    expect((await ask('POST', `sessions/${id}/fork`, { before_seq: 0 })).status).toBe(400);
    expect((await ask('POST', `sessions/${id}/fork`, { before_seq: 1 })).status).toBeGreaterThanOrEqual(400);
  });
});
