import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RestWorld, startRest, type Told } from './rest-test-support.ts';

let world: RestWorld;
beforeAll(async () => {
  world = await startRest();
});
afterAll(() => world.stop());

const get = (path: string, key?: string) => world.rest('GET', `/api/v1/${path}`, { key });
const post = (path: string, body?: unknown, key?: string) => world.rest('POST', `/api/v1/${path}`, { body, key });
const patch = (path: string, body: unknown) => world.rest('PATCH', `/api/v1/${path}`, { body });
const waiting = async (session_id: string): Promise<string> => {
  const stream = await world.stream('GET', `/api/v1/sessions/${session_id}/events`);
  const told = await stream.until(({ event }) => event === 'approval_request');
  stream.leave();
  return told.find(({ event }) => event === 'approval_request')!.data.approval_id;
};
const asked = async (words: string, session?: string) => {
  const session_id = session ?? (await world.session());
  await post(`sessions/${session_id}/messages`, { text: words });
  return { session_id, approval_id: await waiting(session_id) };
};

describe('sessions over HTTP', () => {
  it('are opened, read, renamed, archived and brought back; archiving says that nothing is erased', async () => {
    const id = await world.session({ title: 'First' });
    expect((await get(`sessions/${id}`)).json).toMatchObject({ id, session_id: id, title: 'First', provider: 'demo' });
    const changed = await patch(`sessions/${id}`, { title: 'Second', mode: 'plan' });
    expect(changed.json).toEqual({ session_id: id, changed: ['title', 'mode'] });
    const gone = await world.rest('DELETE', `/api/v1/sessions/${id}`);
    expect(gone.json).toMatchObject({ archived: true, deleted: false, message: expect.stringContaining('not erased') });
    expect((await get(`sessions/${id}`)).json).toMatchObject({ title: 'Second', mode: 'plan', archived: true });
    const refused = await patch(`sessions/${id}`, { archived: false, model: 'x'.repeat(300) });
    expect(refused.status).toBe(400);
    expect((await patch(`sessions/${id}`, { archived: false })).json.changed).toEqual(['archived']);
    expect((await get('sessions/ses_notthere0000')).json.code).toBe('not_found');
    expect((await get('sessions/nonsense')).status).toBe(400);
  });

  it('are listed by pages whose headers lead on, as bare arrays', async () => {
    for (const title of ['one', 'two', 'three']) await world.session({ title: `paged ${title}` });
    const seen: string[] = [];
    let path = 'sessions?text=paged&limit=2';
    for (let pages = 0; pages < 5; pages += 1) {
      const page = await get(path);
      seen.push(...page.json.map(({ title }: { title: string }) => title));
      const next = /^<\/api\/v1\/(.+)>; rel="next"$/.exec(String(page.headers.link ?? ''));
      expect(next === null).toBe(page.headers['x-next-cursor'] === undefined);
      if (!next) break;
      path = next[1]!;
    }
    expect(seen.sort()).toEqual(['paged one', 'paged three', 'paged two']);
    expect((await get('sessions?cursor=nonsense')).status).toBe(400);
  });

  it('that lie outside of a narrowed key do not exist for it, whatever the route', async () => {
    const [inside, outside] = [await world.session(), await world.session()];
    const narrowed = { restrictions: { sessions: [inside] } };
    const made = await post('keys', {
      name: 'n',
      scopes: ['chat', 'sessions:read', 'costs:read', 'kv:read'],
      ...narrowed,
    });
    expect(made.status).toBe(201);
    const { key } = made.json;
    const listed = await get('sessions?limit=200', key);
    expect(listed.json.map(({ id }: { id: string }) => id)).toEqual([inside]);
    for (const path of ['', '/messages', '/events', '/queue']) {
      expect((await get(`sessions/${inside}${path}`, key)).status, path).toBe(200);
      expect((await get(`sessions/${outside}${path}`, key)).status, path).toBe(404);
    }
    expect((await post(`sessions/${outside}/messages`, { text: 'x' }, key)).status).toBe(404);
    expect((await post('chat', { session_id: outside, message: 'x' }, key)).status).toBe(404);
    expect((await get('kv/demo', key)).status).toBe(403);
  });
});

describe('the events of a session over HTTP', () => {
  it('come by pages from any place on, without a gap', async () => {
    const id = await world.session();
    await post('chat', { session_id: id, message: 'list' });
    const all = (await get(`sessions/${id}/events?limit=1000`)).json;
    expect(all).toMatchObject({ next: null, reset: false });
    const paged: { seq: number }[] = [];
    for (let after = 0, more = true; more; ) {
      const page = (await get(`sessions/${id}/events?after_seq=${after}&limit=3`)).json;
      expect(page.events.length).toBeLessThanOrEqual(3);
      paged.push(...page.events);
      more = page.next !== null;
      after = page.next;
    }
    expect(paged).toEqual(all.events);
    expect(paged.map(({ seq }) => seq)).toEqual(paged.map((_, at) => at + 1));
    expect((await get(`sessions/${id}/events?after_seq=99999`)).json).toMatchObject({ reset: true });
  });

  it('stream from Last-Event-ID on and go on live, each once', async () => {
    const id = await world.session();
    await post('chat', { session_id: id, message: 'hello' });
    const before = (await get(`sessions/${id}/events?limit=1000`)).json.events;
    const headers = { 'last-event-id': '2' };
    const stream = await world.stream('GET', `/api/v1/sessions/${id}/events`, { headers });
    await stream.until(({ event }) => event === 'attached');
    await post('chat', { session_id: id, message: 'hello' });
    const ends = ({ event, id: at }: Told) => event === 'turn_end' && Number(at) > before.length;
    const told = await stream.until(ends);
    stream.leave();
    const seqs = told
      .filter(({ event, id: at }) => at !== undefined && event !== 'attached')
      .map((one) => Number(one.id));
    expect(seqs).toEqual(seqs.map((_, at) => at + 3));
    expect(told.some(({ event }) => event === 'text_delta')).toBe(true);
  });
});

describe('approvals over HTTP', () => {
  it('are listed while they wait, answered once, and then say who answered', async () => {
    const { session_id, approval_id } = await asked('write once.txt: x');
    const pending = await get('approvals?status=pending');
    expect(pending.json.find(({ id }: { id: string }) => id === approval_id)).toMatchObject({
      ...{ agent_name: 'demo', status: 'pending', conversation_id: session_id, resolved_at: null, resolved_by: null },
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      callback_data: `appr:${approval_id}`,
    });
    const { key } = await world.key(['approvals:read', 'approvals:write']);
    const given = await post(`approvals/${approval_id}/approve`, undefined, key);
    expect(given.json).toMatchObject({
      status: 'approved',
      answer: { decision: 'allow_once', by: { kind: 'api_key' } },
    });
    const late = await post(`approvals/${approval_id}/deny`);
    expect([late.status, late.json.code]).toEqual([409, 'already_answered']);
    expect(late.json.answered).toMatchObject({ decision: 'allow_once', by: { kind: 'api_key', via: 'http' } });
    expect((await get(`approvals/${approval_id}`)).json.resolved_by).toBe('approvals:read approvals:write');
    expect((await get('approvals?status=denied')).json.map(({ id }: { id: string }) => id)).not.toContain(approval_id);
    expect((await get('approvals?status=nonsense')).status).toBe(400);
    expect((await get('approvals/apr_notthere0000')).status).toBe(404);
  });

  it('are denied with words for the agent, and nothing is run', async () => {
    const { session_id, approval_id } = await asked('write never.txt: x');
    expect((await post(`approvals/${approval_id}/deny`, { message: 'not today' })).json.status).toBe('denied');
    const stream = await world.stream('GET', `/api/v1/sessions/${session_id}/events`);
    const told = await stream.until(({ event }) => event === 'turn_end');
    stream.leave();
    expect(told.some(({ event, data }) => event === 'text' && data.text.includes('not today'))).toBe(true);
    expect(existsSync(join(world.work, 'never.txt'))).toBe(false);
  });

  it('need approvals:write, also for a key that may chat', async () => {
    const { approval_id } = await asked('write scope.txt: x');
    const chatty = await world.key(['chat', 'sessions:read', 'approvals:read']);
    expect((await post(`approvals/${approval_id}/approve`, undefined, chatty.key)).status).toBe(403);
    expect((await get(`approvals/${approval_id}`, chatty.key)).json.status).toBe('pending');
    await post(`approvals/${approval_id}/deny`);
  });
});

describe('auto-approve rules over HTTP', () => {
  it('are left by an answer, listed, and taken back', async () => {
    const { session_id, approval_id } = await asked('write ruled.txt: x');
    await post(`approvals/${approval_id}/approve?auto_approve=session`);
    const listed = await get('auto-approve?agent=demo');
    const rule = listed.json.find((one: { conversation_id: string }) => one.conversation_id === session_id);
    expect(rule).toMatchObject({ agent_name: 'demo', scope: 'session', cwd: null });
    expect((await world.rest('DELETE', `/api/v1/auto-approve/${rule.id}`)).json).toEqual({ status: 'deleted' });
    expect((await get('auto-approve')).text).not.toContain(rule.id);
    expect((await world.rest('DELETE', `/api/v1/auto-approve/${rule.id}`)).status).toBe(404);
  });

  it('are made for a folder, and count there', async () => {
    const rule = { agent: 'demo', tool: 'Write', match: 'folder', pattern: world.work, cwd: world.work };
    const made = await post('auto-approve', rule);
    expect(made.status).toBe(201);
    const listed = (await get('auto-approve')).json.find((one: { id: string }) => one.id === made.json.id);
    expect(listed).toMatchObject({ tool_name: 'Write', scope: 'permanent', cwd: world.work, agent_name: 'demo' });
    expect((await world.rest('DELETE', `/api/v1/auto-approve/${made.json.id}`)).status).toBe(200);
    expect((await post('auto-approve', { ...rule, cwd: undefined })).status).toBe(400);
  });
});

describe('costs over HTTP', () => {
  it('are added up from the record by session and by agent', async () => {
    const id = await world.session();
    await post('chat', { session_id: id, message: 'hello' });
    const costs = (await get('costs')).json;
    expect(costs.session_stats[id]).toMatchObject({ messages: 2, cost: 0 });
    expect(costs.by_agent).toMatchObject([{ agent: 'demo', sessions: expect.any(Number) }]);
    expect((await get('costs?agent=nobody')).json).toMatchObject({ session_count: 0, by_agent: [], global_cost: 0 });
    const one = (await get(`costs?session_id=${id}`)).json;
    expect(Object.keys(one.session_costs)).toEqual([id]);
    expect((await get('costs', (await world.key(['sessions:read'])).key)).status).toBe(403);
  });
});
