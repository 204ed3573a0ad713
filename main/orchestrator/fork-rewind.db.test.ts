import { afterEach, describe, expect, it } from 'vitest';
import type { DurableEvent } from '../protocol/events.ts';
import type { SessionId } from '../protocol/ids.ts';
import { settle, type TestClient, World } from './world-test-support.ts';

let world: World;
afterEach(() => world.close());

const logOf = (session_id: string): DurableEvent[] =>
  world.store.read(session_id as SessionId, 0, 10_000).map((event) => JSON.parse(event.body) as DurableEvent);

const prompts = () => world.provider.heard.flatMap((one) => (one.type === 'prompt' ? [one.text] : []));

async function turn(client: TestClient, session_id: string, text: string, answer: string): Promise<void> {
  await client.result({ type: 'message', session_id, text });
  world.provider.say(
    { type: 'session', provider_session_id: 'cli-1' },
    { type: 'text', item_id: `item-${text}`, text: answer },
    { type: 'usage', input_tokens: 10, output_tokens: 5, cost_usd: 0.5 },
    { type: 'turn_end', status: 'completed' },
  );
  await settle();
}

const messageSeq = (session_id: string, text: string): number =>
  logOf(session_id).find((event) => event.type === 'user_message' && event.text === text)?.seq ?? 0;

describe('a fork', () => {
  it('is a session of its own with what was said before the place, and where it comes from', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(client, session_id, 'one', 'first');
    await turn(client, session_id, 'two', 'second');
    const before = logOf(session_id);
    const before_seq = messageSeq(session_id, 'two');
    world.clock.advance(1000);
    const fork = await client.result({ type: 'fork_session', session_id, before_seq });
    const log = logOf(fork.session_id!);
    expect(log[0]).toMatchObject({
      type: 'session_created',
      origin: { kind: 'fork', session_id, seq: before_seq - 1 },
    });
    expect(log.flatMap((event) => ('text' in event && event.type !== 'digest' ? [event.text] : []))).toEqual([
      'one',
      'first',
    ]);
    expect(log.map((event) => event.seq)).toEqual(log.map((_, at) => at + 1));
    expect(logOf(session_id)).toEqual(before);
    expect(world.store.verify().ok).toBe(true);
    expect(world.orchestrator.summaries()[0]).toMatchObject({ session_id: fork.session_id, title: 'one (fork)' });
    await client.result({ type: 'message', session_id: fork.session_id, text: 'otherwise' });
    expect(world.provider.starts.at(-1)?.resume).toBeNull();
    expect(prompts().at(-1)).toMatch(/first[\s\S]*otherwise$/);
    expect(prompts().at(-1)).not.toContain('second');
  });

  it("branches the CLI's own conversation at its end, where the CLI can, once", async () => {
    world = new World({ capabilities: { fork: true } });
    const { client, session_id } = await world.session();
    await turn(client, session_id, 'one', 'first');
    const fork = await client.result({ type: 'fork_session', session_id, before_seq: null });
    await client.result({ type: 'message', session_id: fork.session_id, text: 'two' });
    expect(world.provider.starts.at(-1)).toMatchObject({ resume: 'cli-1', fork: true });
    expect(prompts().at(-1)).toBe('two');
    world.provider.say(
      { type: 'session', provider_session_id: 'cli-2' },
      { type: 'turn_end', status: 'completed' },
      { type: 'closed' },
    );
    await client.result({ type: 'message', session_id: fork.session_id, text: 'three' });
    expect(world.provider.starts.at(-1)).toMatchObject({ resume: 'cli-2', fork: false });
  });

  it('leaves behind what is open: the queue, rules, approvals, the goal, what was spent', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(client, session_id, 'one', 'first');
    await client.result({ type: 'message', session_id, text: 'two' });
    const rule = { tool: 'Bash', match: 'exact' as const, pattern: 'ls', label: 'ls' };
    const ask = { tool: 'Bash', kind: 'execute' as const, title: 'ls', input: {}, command: 'ls', rule };
    world.provider.say({
      type: 'tool_start',
      tool_call_id: 't',
      tool: 'Bash',
      kind: 'execute',
      title: 'ls',
      input: {},
    });
    world.provider.say({ type: 'approval_request', ref: 'a', tool_call_id: 't', ...ask });
    const approval_id = world.orchestrator.summaries()[0]!.pending_approvals[0];
    await client.result({ type: 'approval_response', session_id, approval_id, decision: 'allow_session' });
    await client.result({ type: 'message', session_id, text: 'waits' });
    expect(await client.ask({ type: 'fork_session', session_id, before_seq: null })).toMatchObject({
      ok: false,
      error: { code: 'turn_running' },
    });
    await client.result({ type: 'abort', session_id });
    const fork = await client.result({ type: 'fork_session', session_id, before_seq: null });
    const state = world.orchestrator.runtime(fork.session_id as SessionId)!.state;
    expect(state).toMatchObject({ turn: null, queue: [], approvals: {}, openTools: {}, rules: [], goal: null });
    expect(world.orchestrator.runtime(session_id as SessionId)!.state).toMatchObject({
      queue: [{ text: 'waits' }],
      rules: [{ rule: { pattern: 'ls' } }],
    });
  });

  it('settles a turn that the cut goes through', async () => {
    world = new World({ steer: true });
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'one' });
    world.provider.say({
      type: 'tool_start',
      tool_call_id: 't',
      tool: 'Bash',
      kind: 'execute',
      title: 'ls',
      input: {},
    });
    await client.result({ type: 'message', session_id, text: 'steered' });
    const queue_id = world.orchestrator.summaries()[0]!.queue[0]!.queue_id;
    await client.result({ type: 'queue_send_now', session_id, queue_id });
    world.provider.say({ type: 'tool_end', tool_call_id: 't', status: 'completed' });
    world.provider.say({ type: 'turn_end', status: 'completed' });
    const fork = await client.result({
      type: 'fork_session',
      session_id,
      before_seq: messageSeq(session_id, 'steered'),
    });
    const types = logOf(fork.session_id!).map((event) => event.type);
    expect(types).toEqual([
      'session_created',
      'user_message',
      'turn_started',
      'tool_activity',
      'tool_activity',
      'turn_end',
      'digest',
    ]);
  });

  it('gets no freedom back that was taken away since', async () => {
    world = new World();
    const { client, session_id } = await world.session({ mode: 'full' });
    await turn(client, session_id, 'one', 'first');
    await turn(client, session_id, 'two', 'second');
    await client.result({ type: 'set_mode', session_id, mode: 'ask' });
    const fork = await client.result({ type: 'fork_session', session_id, before_seq: messageSeq(session_id, 'two') });
    expect(logOf(fork.session_id!)[0]).toMatchObject({ type: 'session_created', mode: 'ask' });
  });

  it('can begin with what was rewound since', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(client, session_id, 'one', 'first');
    await turn(client, session_id, 'two', 'second');
    const before_seq = world.store.head(session_id as SessionId)!.seq + 1;
    await client.result({ type: 'rewind', session_id, to_seq: messageSeq(session_id, 'two') });
    const fork = await client.result({ type: 'fork_session', session_id, before_seq });
    await client.result({ type: 'message', session_id: fork.session_id, text: 'three' });
    expect(prompts().at(-1)).toMatch(/first[\s\S]*second[\s\S]*three$/);
  });

  it('is made once, also when the command is sent again', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(client, session_id, 'one', 'first');
    const frame = { type: 'fork_session', session_id, before_seq: null, command_id: 'fork-it-once' };
    const first = await client.result(frame);
    expect(await client.result(frame)).toEqual(first);
    expect(world.orchestrator.summaries()).toHaveLength(2);
  });
});

describe('a rewind', () => {
  it('goes on from before a message: no agent hears of what came after, and the log keeps it', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(client, session_id, 'one', 'first');
    await turn(client, session_id, 'two', 'second');
    const before = logOf(session_id).length;
    await client.result({ type: 'rewind', session_id, to_seq: messageSeq(session_id, 'two') });
    await settle();
    expect(
      logOf(session_id)
        .slice(before)
        .map((event) => event.type),
    ).toEqual(['rewound', 'digest']);
    expect(world.orchestrator.summaries()[0]).toMatchObject({ preview: 'one' });
    await client.result({ type: 'message', session_id, text: 'two again' });
    expect(world.provider.starts.at(-1)?.resume).toBeNull();
    expect(prompts().at(-1)).toMatch(/first[\s\S]*two again$/);
    expect(prompts().at(-1)).not.toContain('second');
  });

  it('to the first message leaves nothing to tell', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(client, session_id, 'one', 'first');
    await client.result({ type: 'rewind', session_id, to_seq: messageSeq(session_id, 'one') });
    await client.result({ type: 'message', session_id, text: 'anew' });
    expect(prompts().at(-1)).toBe('anew');
  });

  it('lets an agent go on whose part in it had ended before', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(client, session_id, 'one', 'first');
    await client.result({ type: 'set_provider', session_id, provider: 'other' });
    await client.result({ type: 'message', session_id, text: 'two' });
    world.other.say({ type: 'text', item_id: 'x', text: 'second' }, { type: 'turn_end', status: 'completed' });
    await client.result({ type: 'rewind', session_id, to_seq: messageSeq(session_id, 'two') });
    await client.result({ type: 'set_provider', session_id, provider: 'scripted' });
    await client.result({ type: 'message', session_id, text: 'three' });
    expect(world.provider.starts.at(-1)?.resume).toBe('cli-1');
    expect(prompts().at(-1)).toBe('three');
  });

  it('is refused while a turn runs, and at any place that is no message', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(client, session_id, 'one', 'first');
    const elsewhere = await client.ask({ type: 'rewind', session_id, to_seq: 1 });
    expect(elsewhere).toMatchObject({ ok: false, error: { code: 'not_found' } });
    const to_seq = messageSeq(session_id, 'one');
    await client.result({ type: 'message', session_id, text: 'two' });
    const running = await client.ask({ type: 'rewind', session_id, to_seq });
    expect(running).toMatchObject({ ok: false, error: { code: 'turn_running' } });
    world.provider.say({ type: 'turn_end', status: 'completed' });
    await client.result({ type: 'rewind', session_id, to_seq });
    const again = await client.ask({ type: 'rewind', session_id, to_seq });
    expect(again).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
});

describe("another program writing to the CLI's conversation", () => {
  it('is followed by starting the CLI again with what stands there, or on a branch', async () => {
    world = new World({ capabilities: { fork: true } });
    const { client, session_id } = await world.session();
    await turn(client, session_id, 'one', 'first');
    await client.result({ type: 'take_over', session_id, how: 'reload' });
    expect(world.provider.heard.at(-1)).toEqual({ type: 'close' });
    await turn(client, session_id, 'two', 'second');
    expect(world.provider.starts.at(-1)).toMatchObject({ resume: 'cli-1', fork: false });
    await client.result({ type: 'take_over', session_id, how: 'branch' });
    await client.result({ type: 'message', session_id, text: 'three' });
    expect(world.provider.starts.at(-1)).toMatchObject({ resume: 'cli-1', fork: true });
    expect(prompts()).toEqual(['one', 'two', 'three']);
  });
});
