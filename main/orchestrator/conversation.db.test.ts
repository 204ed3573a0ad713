import { afterEach, describe, expect, it } from 'vitest';
import { StorageError } from './ports.ts';
import { settle, type TestClient, World } from './world-test-support.ts';

let world: World;
afterEach(() => world.close());

const approval = {
  type: 'approval_request' as const,
  ref: 'r1',
  tool_call_id: 't1',
  tool: 'Bash',
  kind: 'execute' as const,
  title: 'npm test',
  command: 'npm test',
  input: { command: 'npm test' },
  rule: { tool: 'Bash', match: 'exact' as const, pattern: 'npm test', label: '`npm test`' },
};
const toolStart = {
  type: 'tool_start' as const,
  tool_call_id: 't1',
  tool: 'Bash',
  kind: 'execute' as const,
  title: 'npm test',
  input: {},
};

/** The approval that the client was asked for. */
function requested(client: TestClient): string {
  const request = client.events().find((event) => event.type === 'approval_request');
  if (request?.type !== 'approval_request') throw new Error('nothing was asked');
  return request.approval_id;
}

describe('one conversation', () => {
  it('streams deltas without a gap and ends them with the finished text', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'hello' });
    for (const text of ['Hel', 'lo ', 'you']) {
      world.provider.say({ type: 'item_delta', item_id: 'a', kind: 'text', text });
      await settle();
    }
    world.provider.say({ type: 'text', item_id: 'a', text: 'Hello you' }, { type: 'turn_end', status: 'completed' });
    await settle();
    const deltas = client.frames.flatMap((frame) => (frame.type === 'text_delta' ? [[frame.offset, frame.text]] : []));
    expect(deltas).toEqual([
      [0, 'Hel'],
      [3, 'lo '],
      [6, 'you'],
    ]);
    expect(client.types()).toEqual(['session_created', 'user_message', 'turn_started', 'text', 'turn_end']);
    expect(client.events().map((event) => event.seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it('merges deltas while the connection is busy and drops nothing', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'hello' });
    client.stuck = true;
    for (let at = 0; at < 50; at += 1) {
      world.provider.say({ type: 'item_delta', item_id: 'a', kind: 'text', text: `${at} ` });
      await settle();
    }
    world.provider.say({ type: 'notice', level: 'info', code: 'x', text: 'between' });
    await settle();
    expect(client.frames.filter((frame) => frame.type === 'text_delta')).toHaveLength(0);
    client.drain();
    const deltas = client.frames.filter((frame) => frame.type === 'text_delta');
    expect(deltas).toHaveLength(1);
    expect(client.types().at(-1)).toBe('notice');
  });

  it('replaces text that turned out to be void', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'hello' });
    world.provider.say({ type: 'item_delta', item_id: 'a', kind: 'text', text: 'wrong' });
    await settle();
    world.provider.say({ type: 'item_replace', item_id: 'a', kind: 'text', text: 'ri' });
    world.provider.say({ type: 'item_delta', item_id: 'a', kind: 'text', text: 'ght' });
    await settle();
    const last = client.frames.at(-1);
    expect(last).toMatchObject({ type: 'item_snapshot', item_id: 'a', text: 'right' });
  });

  it('gives a late client the log, then the open item as a whole, then what follows', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'hello' });
    world.provider.say({ type: 'item_delta', item_id: 'a', kind: 'text', text: 'so far' });
    await settle();
    const late = world.connect();
    await late.result({ type: 'attach', session_id, after_seq: 1 });
    world.provider.say({ type: 'item_delta', item_id: 'a', kind: 'text', text: ', and more' });
    await settle();
    expect(late.frames.map((frame) => frame.type)).toEqual([
      'welcome',
      'response',
      'events',
      'attached',
      'item_snapshot',
      'goal_status',
      'text_delta',
    ]);
    expect(late.events().map((event) => event.seq)).toEqual([2, 3]);
    expect(late.frames.at(-1)).toMatchObject({ offset: 6, text: ', and more' });
  });

  it('tells a client that knows more than the log to start anew', async () => {
    world = new World();
    const { session_id } = await world.session();
    const client = world.connect();
    expect(await client.result({ type: 'attach', session_id, after_seq: 99 })).toEqual({
      seq: 1,
      after_seq: 0,
      reset: true,
    });
    expect(client.events().map((event) => event.seq)).toEqual([1]);
  });

  it('gives a repeated command its first answer and no second effect, also after a restart', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    const frame = { type: 'message', session_id, text: 'once', command_id: 'command-0001' };
    const first = await client.result(frame);
    expect(await client.result(frame)).toEqual(first);
    world.crash();
    world.start();
    const again = world.connect();
    expect(await again.result(frame)).toEqual(first);
    expect(await again.ask({ ...frame, text: 'twice' })).toMatchObject({
      ok: false,
      error: { code: 'command_id_reused' },
    });
    await again.result({ type: 'attach', session_id, after_seq: 0 });
    expect(again.types().filter((type) => type === 'user_message')).toHaveLength(1);
  });

  it('keeps messages that arrive during a turn in a queue that can be edited, moved and emptied, and sends them in its order', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'first' });
    const a = await client.result({ type: 'message', session_id, text: 'a' });
    const b = await client.result({ type: 'message', session_id, text: 'b' });
    const c = await client.result({ type: 'message', session_id, text: 'c' });
    await client.result({ type: 'queue_edit', session_id, queue_id: b.queue_id, text: 'B' });
    await client.result({ type: 'queue_move', session_id, queue_id: b.queue_id, before: a.queue_id });
    await client.result({ type: 'queue_remove', session_id, queue_id: c.queue_id });
    world.provider.say({ type: 'turn_end', status: 'completed' });
    world.provider.say({ type: 'turn_end', status: 'completed' });
    expect(world.provider.heard.map((one) => 'text' in one && one.text)).toEqual(['first', 'B', 'a']);
  });

  it('does not start waiting messages after a stop, but the one sent now', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'first' });
    await client.result({ type: 'message', session_id, text: 'waits' });
    const now = await client.result({ type: 'message', session_id, text: 'now' });
    await client.result({ type: 'queue_send_now', session_id, queue_id: now.queue_id });
    expect(world.provider.heard).toEqual([
      { type: 'prompt', text: 'first' },
      { type: 'interrupt' },
      { type: 'prompt', text: 'now' },
    ]);
    await client.result({ type: 'abort', session_id });
    expect(world.provider.heard.at(-1)).toEqual({ type: 'interrupt' });
    expect(world.orchestrator.summaries()[0]?.queue.map((one) => one.text)).toEqual(['waits']);
  });

  it('steers a waiting message into the running turn where the provider can', async () => {
    world = new World({ steer: true });
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'first' });
    const { queue_id } = await client.result({ type: 'message', session_id, text: 'also this' });
    await client.result({ type: 'queue_send_now', session_id, queue_id });
    expect(world.provider.heard.at(-1)).toEqual({ type: 'steer', text: 'also this' });
  });

  it('answers an approval exactly once, and tells the second who was late', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    const other = world.connect();
    await client.result({ type: 'message', session_id, text: 'test it' });
    world.provider.say(toolStart, approval);
    await settle();
    const approval_id = requested(client);
    expect(world.orchestrator.summaries()[0]?.status).toBe('waiting');
    await client.result({ type: 'approval_response', session_id, approval_id, decision: 'allow_once' });
    const late = await other.ask({ type: 'approval_response', session_id, approval_id, decision: 'deny' });
    expect(late).toMatchObject({ ok: false, error: { code: 'already_answered' } });
    expect(world.provider.heard.filter((one) => one.type === 'answer')).toEqual([
      { type: 'answer', ref: 'r1', answer: { decision: 'allow_once', message: undefined, answers: undefined } },
    ]);
  });

  it('answers what "Allow for this session" covers by itself, also after a restart, and asks again for anything else', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'test it' });
    world.provider.say(toolStart, approval);
    await settle();
    const approval_id = requested(client);
    await client.result({ type: 'approval_response', session_id, approval_id, decision: 'allow_session' });
    world.crash();
    world.start();
    const again = world.connect();
    await again.result({ type: 'message', session_id, text: 'again' });
    world.provider.say({ ...approval, ref: 'r2' });
    expect(world.provider.heard.at(-1)).toMatchObject({
      type: 'answer',
      ref: 'r2',
      answer: { decision: 'allow_once' },
    });
    world.provider.say({
      ...approval,
      ref: 'r3',
      command: 'npm test; rm -rf /',
      input: { command: 'npm test; rm -rf /' },
    });
    expect(world.orchestrator.summaries()[0]?.status).toBe('waiting');
  });

  it('keeps "Always allow" for the folder, in other sessions too, until the rule is deleted', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'test it' });
    world.provider.say(toolStart, approval);
    await settle();
    const approval_id = requested(client);
    await client.result({ type: 'approval_response', session_id, approval_id, decision: 'allow_always' });
    world.provider.say({ type: 'turn_end', status: 'completed' });
    const second = await world.session();
    await second.client.result({ type: 'message', session_id: second.session_id, text: 'again' });
    world.provider.say({ ...approval, ref: 'other-session' });
    expect(world.provider.heard.at(-1)).toMatchObject({ type: 'answer', ref: 'other-session' });
  });

  it('asks nothing in full access, and the record says so', async () => {
    world = new World();
    const { client, session_id } = await world.session({ mode: 'full' });
    await client.result({ type: 'message', session_id, text: 'do it' });
    world.provider.say(toolStart, { ...approval, rule: null });
    await settle();
    const resolved = client.events().find((event) => event.type === 'approval_resolved');
    expect(resolved).toMatchObject({ decision: 'allow_once', by: { kind: 'mode' } });
    expect(world.provider.heard.at(-1)).toMatchObject({ type: 'answer', ref: 'r1' });
  });

  it('takes back what waits when the turn is stopped, so that nothing can be allowed afterwards', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'test it' });
    world.provider.say(toolStart, approval);
    await settle();
    const approval_id = requested(client);
    await client.result({ type: 'abort', session_id });
    const late = await client.ask({ type: 'approval_response', session_id, approval_id, decision: 'allow_once' });
    expect(late).toMatchObject({ ok: false, error: { code: 'already_answered' } });
    expect(client.types().slice(-4)).toEqual(['abort_requested', 'approval_resolved', 'tool_activity', 'turn_end']);
    expect(client.events().at(-1)).toMatchObject({ status: 'aborted' });
  });

  it('closes the process of a turn that does not end when stopped', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'hang' });
    world.provider.obedient = false;
    await client.result({ type: 'abort', session_id });
    world.clock.advance(15_000);
    await settle();
    expect(world.provider.heard.at(-1)).toEqual({ type: 'close' });
    expect(client.events().at(-1)).toMatchObject({ type: 'turn_end', status: 'aborted' });
  });

  it('settles a turn that a crash cut off: text to the last checkpoint, calls cancelled, then interrupted, and resumes the CLI session', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'long story' });
    world.provider.say({ type: 'session', provider_session_id: 'cli-1' }, toolStart, approval);
    world.provider.say({ type: 'item_delta', item_id: 'a', kind: 'text', text: 'Once upon ' });
    world.clock.advance(100);
    world.provider.say({ type: 'item_delta', item_id: 'a', kind: 'text', text: 'a time' });
    world.clock.advance(100);
    world.provider.say({ type: 'item_delta', item_id: 'a', kind: 'text', text: ' (never saved)' });
    world.crash();
    world.start();
    const again = world.connect();
    await again.result({ type: 'attach', session_id, after_seq: 0 });
    expect(again.events().find((event) => event.type === 'text')).toMatchObject({
      text: 'Once upon a time',
      partial: true,
    });
    // What the agent asked goes on waiting for an answer.
    expect(again.types().slice(-3)).toEqual(['text', 'tool_activity', 'turn_end']);
    expect(world.orchestrator.summaries()[0]).toMatchObject({ status: 'waiting', turn_id: null });
    expect(again.events().at(-1)).toMatchObject({ status: 'interrupted', problem: { code: 'interrupted' } });
    await again.result({ type: 'message', session_id, text: 'go on' });
    expect(world.provider.starts[0]?.resume).toBe('cli-1');
    expect(world.store.openItems(session_id as never)).toEqual([]);
  });

  it('refuses a message on a full disk, keeps what a CLI says meanwhile in order, and writes it when there is room again', async () => {
    let full = false;
    world = new World({
      wrapStore: (store) => ({
        ...store,
        append: (write) => {
          if (full) throw new StorageError('storage_full', 'The disk is full.');
          return store.append(write);
        },
      }),
    });
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'hello' });
    full = true;
    world.provider.say({ type: 'item_delta', item_id: 'a', kind: 'text', text: 'Hel' });
    world.provider.say({ type: 'text', item_id: 'a', text: 'Hello' });
    await settle();
    expect(client.frames.find((frame) => frame.type === 'problem')).toMatchObject({
      problem: { code: 'storage_full' },
    });
    expect(await client.ask({ type: 'message', session_id, text: 'more' })).toMatchObject({
      ok: false,
      error: { code: 'storage_full' },
    });
    full = false;
    world.clock.advance(1000);
    await settle();
    expect(client.types()).toEqual(['session_created', 'user_message', 'turn_started', 'text', 'turn_end']);
    expect(client.events()[3]).toMatchObject({ text: 'Hello' });
    await client.result({ type: 'message', session_id, text: 'more' });
  });

  it('answers what it cannot read, and goes on', async () => {
    world = new World();
    const client = world.connect();
    client.connection?.receive('{nonsense');
    client.connection?.receive('{"type":"dance","command_id":"command-0001"}');
    client.connection?.receive('[]');
    client.connection?.receive('{"type":"message","command_id":"command-0002","session_id":"ses_12345678","text":""}');
    await settle();
    expect(client.frames.slice(1)).toMatchObject([
      { ok: false, command_id: null, error: { code: 'invalid_json' } },
      { ok: false, command_id: 'command-0001', error: { code: 'invalid_frame' } },
      { ok: false, command_id: null, error: { code: 'invalid_frame' } },
      {
        ok: false,
        command_id: 'command-0002',
        error: { message: expect.stringContaining('field "text" of the frame "message"') },
      },
    ]);
    expect(await client.ask({ type: 'ping' })).toMatchObject({ ok: true });
  });

  it('keeps a bounded number of idle sessions in memory, and reads them again when asked', async () => {
    world = new World();
    const ids: string[] = [];
    for (let at = 0; at < 60; at += 1) {
      const { client, session_id } = await world.session();
      ids.push(session_id);
      client.connection?.close();
    }
    expect(world.orchestrator.loaded).toBeLessThanOrEqual(32);
    const client = world.connect();
    expect(await client.result({ type: 'attach', session_id: ids[0], after_seq: 0 })).toEqual({
      seq: 1,
      after_seq: 0,
      reset: false,
    });
  });

  it('forgets receipts after their time, and not before', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    const frame = { type: 'rename_session', session_id, title: 'a', command_id: 'command-0001' };
    await client.result(frame);
    world.store.forgetReceipts(world.clock.now());
    expect(world.store.receipt('command-0001' as never)).not.toBeNull();
    world.store.forgetReceipts(world.clock.now() + 1);
    expect(world.store.receipt('command-0001' as never)).toBeNull();
  });
});
