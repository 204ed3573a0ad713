import { afterEach, describe, expect, it } from 'vitest';
import { limits } from '../protocol/limits.ts';
import type { Principal } from './ports.ts';
import { owner, settle, World } from './world-test-support.ts';

let world: World;
afterEach(() => world.close());

const ends = { type: 'turn_end', status: 'completed' } as const;
const device = (name: string): Principal => ({ ...owner, actor: { kind: 'device', id: name, name, via: 'sealed' } });

describe('a chat request', () => {
  it('opens a session and says the first words in one commit, and the same request again has no second effect', async () => {
    let commits = 0;
    world = new World({
      wrapStore: (store) => ({
        ...store,
        append(write) {
          commits += 1;
          return store.append(write);
        },
      }),
    });
    const client = world.connect();
    const request = {
      type: 'chat_request',
      command_id: 'chat-0001',
      cwd: '/project',
      provider: 'scripted',
      text: 'hello',
      title: 'Hello',
    };
    const answer = await client.result(request);
    expect(answer).toEqual({ session_id: expect.any(String), turn_id: expect.any(String) });
    expect(commits).toBe(1);
    expect(world.provider.heard).toEqual([{ type: 'prompt', text: 'hello' }]);
    world.crash();
    world.start();
    expect(await world.connect().result(request)).toEqual(answer);
    expect(world.orchestrator.summaries()).toMatchObject([{ title: 'Hello', mode: 'ask' }]);
  });

  it('says something in a session that exists, and waits where a turn runs', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    const first = await client.result({ type: 'chat_request', session_id, text: 'one' });
    expect(first).toEqual({ session_id, turn_id: expect.any(String) });
    const second = await client.result({ type: 'chat_request', session_id, text: 'two' });
    expect(second).toEqual({ session_id, queue_id: expect.any(String) });
  });

  it('is refused whole: without a place, with a file that is not here, or with words nobody may say', async () => {
    world = new World();
    const client = world.connect();
    const ask = (more: Record<string, unknown>) => client.ask({ type: 'chat_request', text: 'hello', ...more });
    const lost = { attachment_id: 'a'.repeat(64), name: 'x.png', media_type: 'image/png', bytes: 1 };
    expect(await ask({})).toMatchObject({ ok: false, error: { code: 'invalid_frame' } });
    expect(await ask({ cwd: '/p', provider: 'nobody' })).toMatchObject({ ok: false });
    expect(await ask({ cwd: '/p', provider: 'scripted', attachments: [lost] })).toMatchObject({ ok: false });
    const script: Principal = { actor: { kind: 'api_key', id: 'k', via: 'websocket' }, scopes: new Set(['chat']) };
    const weak = world.connect(script);
    const free = { type: 'chat_request', cwd: '/p', provider: 'scripted', mode: 'full', text: 'x' };
    expect(await weak.ask(free)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(world.orchestrator.summaries()).toEqual([]);
  });
});

describe('cancel', () => {
  it('stops the running turn as abort does, with an answer, and says when there is nothing to stop', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    expect(await client.ask({ type: 'cancel', session_id })).toMatchObject({ error: { code: 'no_active_turn' } });
    const { turn_id } = await client.result({ type: 'message', session_id, text: 'hello' });
    expect(await client.result({ type: 'cancel', session_id, turn_id })).toEqual({ turn_id });
    await settle();
    expect(client.events().at(-1)).toMatchObject({ type: 'turn_end', status: 'aborted', turn_id });
  });
});

describe('moving a session', () => {
  it('is recorded, ends what was allowed for the folder before, and has the agent begin there with what happened', async () => {
    world = new World({ folders: { inspect: async (path) => ({ ok: true, path: `/real${path}` }) } });
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'hello' });
    world.provider.say(
      { type: 'session', provider_session_id: 'cli-1' },
      { type: 'text', item_id: 'a', text: 'hi' },
      ends,
    );
    const rule = { tool: 'Bash', match: 'exact', pattern: 'make' };
    await client.result({ type: 'add_session_rule', session_id, rule });
    expect(await client.result({ type: 'set_workspace_scope', session_id, cwd: '/b' })).toEqual({ cwd: '/real/b' });
    const seen = client.events().slice(-4);
    expect(seen).toMatchObject([
      { type: 'session_changed', cwd: '/real/b', by: { kind: 'owner' } },
      { type: 'rule_removed' },
      { type: 'provider_session', provider_session_id: null },
      { type: 'digest', text: expect.stringContaining('hello') },
    ]);
    expect(world.orchestrator.summaries()[0]?.cwd).toBe('/real/b');
    expect(world.rules.ofSessions()).toEqual([]);
    expect(world.provider.heard.at(-1)).toEqual({ type: 'close' });
    await settle();
    await client.result({ type: 'message', session_id, text: 'and now?' });
    await settle();
    expect(world.provider.starts.at(-1)).toMatchObject({ cwd: '/real/b', resume: null });
    expect(world.provider.heard.at(-1)).toMatchObject({ type: 'prompt', text: expect.stringContaining('hi') });
  });

  it('is refused while a turn runs, to a folder that cannot be used, and to who may not approve where the agent does not ask', async () => {
    const problem = { code: 'folder_missing' as const, message: 'There is no folder /gone.' };
    world = new World({
      folders: { inspect: async (path) => (path === '/gone' ? { ok: false, problem } : { ok: true, path }) },
    });
    const { client, session_id } = await world.session({ mode: 'full' });
    const move = (cwd: string, by = client) => by.ask({ type: 'set_workspace_scope', session_id, cwd });
    expect(await move('/gone')).toMatchObject({ error: { code: 'folder_missing' } });
    const key: Principal = {
      actor: { kind: 'api_key', id: 'k', via: 'websocket' },
      scopes: new Set(['sessions:write']),
    };
    expect(await move('/b', world.connect(key))).toMatchObject({ error: { code: 'forbidden' } });
    await client.result({ type: 'message', session_id, text: 'hello' });
    expect(await move('/b')).toMatchObject({ error: { code: 'turn_running' } });
    expect(client.types()).not.toContain('session_changed');
  });
});

describe('a credential that is narrowed to a folder', () => {
  it('moves sessions only within it, and does not follow one that is moved away', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    const phone = world.connect({ ...device('phone'), restrictions: { workspaces: ['/project'] } });
    await phone.result({ type: 'attach', session_id, after_seq: 0 });
    const move = (cwd: string) => ({ type: 'set_workspace_scope', session_id, cwd });
    expect(await phone.ask(move('/elsewhere'))).toMatchObject({ ok: false });
    expect(await phone.result(move('/project/deep'))).toEqual({ cwd: '/project/deep' });
    const seen = phone.events().length;
    await client.result(move('/elsewhere'));
    await client.result({ type: 'rename_session', session_id, title: 'secret' });
    await settle();
    expect(phone.events()).toHaveLength(seen);
    expect(phone.frames.at(-1)).toMatchObject({ type: 'problem', session_id, problem: { code: 'not_found' } });
  });
});

describe('an attach with a tail', () => {
  it('brings the last events, says which ones it leaves out, and goes on live; without more than that it is as without', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    for (let at = 0; at < 20; at += 1) await client.result({ type: 'rename_session', session_id, title: `t${at}` });
    const phone = world.connect();
    const attach = { type: 'attach', session_id, after_seq: 2, tail: 5 };
    expect(await phone.result(attach)).toEqual({ seq: 21, after_seq: 16, reset: false });
    expect(phone.frames.filter((one) => one.type === 'earlier')).toEqual([
      { type: 'earlier', session_id, from_seq: 3, to_seq: 16 },
    ]);
    await client.result({ type: 'rename_session', session_id, title: 'last' });
    expect(phone.events().map((one) => one.seq)).toEqual([17, 18, 19, 20, 21, 22]);
    const all = world.connect();
    expect(await all.result({ ...attach, after_seq: 20 })).toMatchObject({ after_seq: 20 });
    expect(all.frames.some((one) => one.type === 'earlier')).toBe(false);
  });
});

describe('what a connection begins with', () => {
  it('tells the limits of this server, and answers a ping with its time', async () => {
    world = new World();
    const client = world.connect();
    expect(client.frames[0]).toMatchObject({ type: 'welcome', limits: { frameBytes: limits.frameBytes } });
    expect(await client.result({ type: 'ping' })).toEqual({ server_time: world.clock.now() });
  });

  it('can be the changes of the list alone, for who reads the list by pages', async () => {
    world = new World();
    const client = world.connect();
    await client.result({ type: 'watch_sessions', list: false });
    await world.session();
    await settle();
    expect(client.frames.map((one) => one.type)).toEqual(['welcome', 'response', 'session_summary']);
  });
});

describe('several devices on one session', () => {
  const asks = () =>
    world.provider.say(
      { type: 'tool_start', tool_call_id: 'c', tool: 'Bash', kind: 'execute', title: 'make', input: {} },
      {
        ...{ type: 'approval_request', ref: 'r', tool_call_id: 'c', tool: 'Bash', kind: 'execute', title: 'make' },
        input: {},
        rule: null,
      },
    );

  it('see the same order, and what is typed on one shows on all', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    const others = ['phone', 'tablet'].map((name) => world.connect(device(name)));
    for (const one of others) await one.result({ type: 'attach', session_id, after_seq: 0 });
    await others[0]!.result({ type: 'message', session_id, text: 'from the phone' });
    await others[1]!.result({ type: 'message', session_id, text: 'from the tablet' });
    world.provider.say(ends);
    await settle();
    for (const one of others) expect(one.events()).toEqual(client.events());
    expect(client.events()).toContainEqual(
      expect.objectContaining({ type: 'user_message', text: 'from the phone', by: device('phone').actor }),
    );
  });

  it('answer an approval once: the second is told by whom and when, the others see it', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    const devices = ['phone', 'tablet', 'desk'].map((name) => world.connect(device(name)));
    for (const one of devices) await one.result({ type: 'attach', session_id, after_seq: 0 });
    await client.result({ type: 'message', session_id, text: 'go' });
    asks();
    await settle();
    const approval_id = world.orchestrator.summaries()[0]!.pending_approvals[0];
    const answer = { type: 'approval_response', session_id, approval_id };
    const at = world.clock.now();
    const given = await Promise.all([
      devices[0]!.ask({ ...answer, decision: 'allow_once' }),
      devices[1]!.ask({ ...answer, decision: 'deny' }),
      devices[2]!.ask({ ...answer, decision: 'allow_once' }),
    ]);
    expect(given.map((one) => one.ok)).toEqual([true, false, false]);
    for (const late of given.slice(1)) {
      expect(late).toMatchObject({
        error: {
          code: 'already_answered',
          message: expect.stringContaining('"phone"'),
          answered: { decision: 'allow_once', by: device('phone').actor, at },
        },
      });
    }
    expect(world.provider.heard.filter((one) => one.type === 'answer')).toHaveLength(1);
    for (const one of [client, ...devices]) {
      expect(one.events().filter((event) => event.type === 'approval_resolved')).toMatchObject([
        { approval_id, by: device('phone').actor },
      ]);
    }
  });

  it('are not held up by one that does not read: it costs nothing that grows, and has all of it once it reads', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    const devices = Array.from({ length: 9 }, (_, at) => world.connect(device(`d${at}`)));
    for (const one of devices) await one.result({ type: 'attach', session_id, after_seq: 0 });
    const stalled = devices[4]!;
    stalled.stuck = true;
    const waiting = stalled.frames.length;
    await client.result({ type: 'message', session_id, text: 'go' });
    for (let at = 0; at < 500; at += 1) {
      world.provider.say({ type: 'item_delta', item_id: `i${at}`, kind: 'text', text: 'words ' });
      await settle();
      world.provider.say({ type: 'text', item_id: `i${at}`, text: 'words ' });
    }
    world.provider.say({ type: 'item_delta', item_id: 'open', kind: 'text', text: 'half' });
    await settle();
    const reading = devices.filter((one) => one !== stalled);
    for (const one of reading) expect(one.events()).toEqual(client.events());
    // Nothing was made for it, and one place in the line is all that waits: not one for each event.
    expect(stalled.frames.length).toBe(waiting);
    expect(stalled.waiting).toBe(1);
    stalled.drain();
    await settle();
    expect(stalled.events()).toEqual(client.events());
    expect(stalled.frames.at(-1)).toMatchObject({ type: 'text_delta', offset: 0, text: 'half' });
    // 502 events and one open item in few frames.
    expect(stalled.frames.length - waiting).toBeLessThan(20);
  });
});
