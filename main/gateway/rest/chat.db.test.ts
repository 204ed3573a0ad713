import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RestWorld, startRest, type Told } from './rest-test-support.ts';

let world: RestWorld;
beforeAll(async () => {
  world = await startRest();
});
afterAll(() => world.stop());

const chat = (body: object, headers?: Record<string, string>) =>
  world.rest('POST', '/api/v1/chat', { body: { provider: 'demo', cwd: world.work, ...body }, headers });
const telling = (body: object, headers?: Record<string, string>) =>
  world.stream('POST', '/api/v1/chat', { body: { provider: 'demo', cwd: world.work, ...body }, headers });
const isDone = ({ event }: Told) => event === 'done';
const names = (told: readonly Told[]) => told.flatMap(({ event }) => event ?? []);
const eventsOf = async (id: string) =>
  (await world.rest('GET', `/api/v1/sessions/${id}/events?limit=1000`)).json.events;

describe('POST /chat', () => {
  it('opens a session, answers with the whole text when the turn has ended, and goes on in it', async () => {
    const first = await chat({ message: 'help' });
    expect(first.status).toBe(200);
    expect(first.json).toMatchObject({ session_id: expect.stringMatching(/^ses_/), status: 'completed' });
    expect(first.json.response.length).toBeGreaterThan(50);
    const { session_id } = first.json;
    const second = await chat({ session_id, message: 'hello' });
    expect(second.json).toMatchObject({ session_id, status: 'completed' });
    expect(second.json.seq).toBeGreaterThan(first.json.seq);
    expect(second.json.response).not.toContain(first.json.response);
    const messages = await world.rest('GET', `/api/v1/sessions/${session_id}/messages`);
    expect(messages.json.filter(({ role }: { role: string }) => role === 'user')).toMatchObject([
      { content: 'help' },
      { content: 'hello', by: { via: 'http' } },
    ]);
  });

  it('refuses what cannot be: nothing said, no folder, an agent and a session that are not there', async () => {
    for (const [body, status, code] of [
      [{}, 400, 'invalid_frame'],
      [{ message: '' }, 400, 'invalid_frame'],
      [{ message: 'x', cwd: undefined }, 400, 'invalid_frame'],
      [{ message: 'x', provider: 'nobody' }, 422, 'provider_unknown'],
      [{ message: 'x', cwd: '/nowhere/at/all' }, 422, 'folder_missing'],
      [{ message: 'x', session_id: 'ses_notthere0000' }, 404, 'not_found'],
    ] as const) {
      const refused = await chat(body);
      expect([refused.status, refused.json.code], JSON.stringify(body)).toEqual([status, code]);
      expect(refused.json.error).toBe(refused.json.message);
    }
  });

  it('needs the scope chat, and a mode without questions what answering them needs', async () => {
    const reader = await world.key(['sessions:read']);
    const talker = await world.key(['chat', 'sessions:read']);
    const body = { message: 'hello', provider: 'demo', cwd: world.work };
    const ask = (key: string, more = {}) => world.rest('POST', '/api/v1/chat', { key, body: { ...body, ...more } });
    expect((await ask(reader.key)).status).toBe(403);
    expect((await ask(talker.key)).status).toBe(200);
    const full = await ask(talker.key, { mode: 'full' });
    expect([full.status, full.json.message]).toEqual([403, expect.stringContaining('approvals:write')]);
  });

  it('says it once for one Idempotency-Key, and answers the same again', async () => {
    const headers = { 'idempotency-key': 'a key of mine / 1' };
    const [one, two] = [await chat({ message: 'hello' }, headers), await chat({ message: 'hello' }, headers)];
    expect(two.json).toEqual(one.json);
    const said = (await eventsOf(one.json.session_id)).filter(({ type }: { type: string }) => type === 'user_message');
    expect(said).toHaveLength(1);
    const other = await chat({ message: 'something else' }, headers);
    expect([other.status, other.json.code]).toEqual([409, 'command_id_reused']);
  });

  it('of a failed turn answers with why, and with what was said until then', async () => {
    const failed = await chat({ message: 'fail' });
    expect(failed.status).toBe(502);
    expect(failed.json).toMatchObject({ status: 'failed', session_id: expect.any(String), error: expect.any(String) });
  });
});

describe('POST /chat as a stream', () => {
  it('tells the turn in the words chat clients know, and ends with content and done', async () => {
    const stream = await telling({ message: 'help' });
    expect([stream.status, stream.headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
    const told = await stream.until(isDone);
    await stream.ended;
    expect(told[0]).toMatchObject({ retry: '2000' });
    expect(told[1]).toMatchObject({ comment: 'heartbeat' });
    const events = names(told);
    expect(events[0]).toBe('thinking');
    expect(events.slice(-2)).toEqual(['content', 'done']);
    const text = (event: string) => told.filter((one) => one.event === event).map(({ data }) => data.text);
    expect(text('content_delta').join('')).toBe(text('text').join(''));
    expect(text('content')).toEqual(text('text'));
    expect(told.find(isDone)?.data).toMatchObject({ type: 'done', status: 'completed', session_id: /^ses_/ as never });
  });

  it('gives each event the seq of the last durable event it contains, and deltas none', async () => {
    const told = await (await telling({ message: 'list' })).until(isDone);
    const ids = told.flatMap(({ id }) => (id === undefined ? [] : Number(id)));
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    for (const { event, id, data } of told) {
      if (event?.endsWith('_delta')) expect(id).toBeUndefined();
      else if (id !== undefined) expect(data.seq).toBe(Number(id));
    }
    expect(names(told)).toEqual(expect.arrayContaining(['tool_start', 'tool_end']));
    const start = told.find(({ event }) => event === 'tool_start')!.data;
    const end = told.find(({ event }) => event === 'tool_end')!.data;
    expect(start).toMatchObject({ round: 1, tool_id: end.tool_id });
    expect(end).toMatchObject({ round: 1, status: 'completed', duration_ms: expect.any(Number) });
  });

  it('tells of an approval, which can be given from elsewhere, and goes on', async () => {
    const stream = await telling({ message: 'write asked.txt: from a stream' });
    const told = await stream.until(({ event }) => event === 'tool_approval');
    const { approval_id, approval_callback, approval_status, text } = told.find(
      (one) => one.event === 'tool_approval',
    )!.data;
    expect([approval_status, approval_callback]).toEqual(['', `appr:${approval_id}`]);
    expect(text).toMatch(/^Execute tool "/);
    expect(existsSync(join(world.work, 'asked.txt'))).toBe(false);
    const given = await world.rest('POST', `/api/v1/approvals/${approval_id}/approve`);
    expect(given.json).toMatchObject({ id: approval_id, status: 'approved', resolved_by: 'owner' });
    const all = await stream.until(isDone);
    expect(all.find(({ data }) => data?.approval_status === 'approved')?.data.by.kind).toBe('owner');
    expect(readFileSync(join(world.work, 'asked.txt'), 'utf8')).toBe('from a stream\n');
  });

  it('that the client leaves does not stop the turn, and Last-Event-ID brings exactly the rest', async () => {
    const first = await telling({ message: 'write left.txt: still done' });
    const told = await first.until(({ event }) => event === 'tool_approval');
    const seen = told.filter(({ id }) => id !== undefined);
    const { session_id, approval_id } = told.find(({ event }) => event === 'tool_approval')!.data;
    first.leave();
    await first.ended;
    await world.rest('POST', `/api/v1/approvals/${approval_id}/approve`);
    const again = await world.stream('POST', '/api/v1/chat', {
      body: { session_id },
      headers: { 'last-event-id': seen.at(-1)!.id! },
    });
    const rest = await again.until(isDone);
    expect(existsSync(join(world.work, 'left.txt'))).toBe(true);
    const ids = [...seen, ...rest].flatMap(({ id }) => (id === undefined ? [] : Number(id)));
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    const whole = (await eventsOf(session_id)).filter(
      ({ seq, turn_id }: { seq: number; turn_id: string | null }) => seq >= ids[0]! && turn_id !== null,
    );
    expect(ids).toEqual(whole.map(({ seq }: { seq: number }) => seq));
    const content = rest.find(({ event }) => event === 'content')!.data.text;
    const texts = whole.filter(({ type }: { type: string }) => type === 'text');
    expect(content).toBe(texts.map(({ text }: { text: string }) => text).join('\n\n'));
  });

  it('of a stopped turn ends with done, so that nobody waits for ever', async () => {
    const stream = await telling({ message: 'count to 1000 slowly' });
    const told = await stream.until(({ event }) => event === 'content_delta');
    const { session_id, turn_id } = told.find(({ event }) => event === 'thinking')!.data;
    expect((await world.rest('POST', `/api/v1/sessions/${session_id}/stop`)).json).toEqual({ turn_id });
    expect((await stream.until(isDone)).find(isDone)?.data).toMatchObject({ status: 'aborted', turn_id });
    const idle = await world.rest('POST', `/api/v1/sessions/${session_id}/stop`);
    expect([idle.status, idle.json.code]).toEqual([409, 'no_active_turn']);
  });

  it('of a failed turn tells the error and then done', async () => {
    const told = await (await telling({ message: 'fail' })).until(isDone);
    expect(names(told).slice(-3)).toEqual(['content', 'error', 'done']);
    expect(told.find(({ event }) => event === 'error')?.data).toMatchObject({ code: expect.any(String) });
    expect(told.find(isDone)?.data.status).toBe('failed');
  });

  it('waits for its turn behind a running one, and tells it when it comes', async () => {
    const running = await telling({ message: 'write first.txt: x' });
    const told = await running.until(({ event }) => event === 'tool_approval');
    const { session_id, approval_id } = told.find(({ event }) => event === 'tool_approval')!.data;
    const waiting = await telling({ session_id, message: 'hello' });
    expect((await world.rest('GET', `/api/v1/sessions/${session_id}/queue`)).json).toMatchObject([{ text: 'hello' }]);
    await world.rest('POST', `/api/v1/approvals/${approval_id}/deny`, { body: { message: 'no' } });
    const own = await waiting.until(isDone);
    expect(names(own)[0]).toBe('user_message');
    expect(new Set(own.flatMap(({ data }) => data?.turn_id ?? [])).size).toBe(1);
    expect(own.find(isDone)?.data.turn_id).not.toBe(told.find(({ event }) => event === 'thinking')?.data.turn_id);
  });

  it('ends at once when its key is revoked, and says why', async () => {
    const { key, id } = await world.key(['chat', 'sessions:read']);
    const body = { message: 'count to 1000 slowly', provider: 'demo', cwd: world.work };
    const stream = await world.stream('POST', '/api/v1/chat', { key, body });
    const told = await stream.until(({ event }) => event === 'content_delta');
    await world.rest('DELETE', `/api/v1/keys/${id}`);
    const after = await stream.until(({ event }) => event === 'error');
    await stream.ended;
    expect(after.at(-1)?.data).toMatchObject({ code: 'unauthorized' });
    // The turn is the session's.
    const { session_id } = told.find(({ event }) => event === 'thinking')!.data;
    expect((await world.rest('GET', `/api/v1/sessions/${session_id}`)).json.status).toBe('running');
    await world.rest('POST', `/api/v1/sessions/${session_id}/stop`);
  });
});
