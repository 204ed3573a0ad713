import { afterEach, describe, expect, it } from 'vitest';
import type { ProviderEvent } from './ports.ts';
import { settle, type TestClient, World } from './world-test-support.ts';

let world: World;
afterEach(() => world.close());

const rule = { tool: 'Bash', match: 'prefix' as const, pattern: 'make', label: '`make`' };

/** The agent wants to run a command; every call has an id of its own, also when it is the same command again. */
function asks(command: string, call: string, more: Record<string, unknown> = {}): ProviderEvent[] {
  const about = { tool_call_id: call, tool: 'Bash', kind: 'execute' as const, title: command, input: { command } };
  return [
    { type: 'tool_start', ...about },
    { type: 'approval_request', ref: `ref-${call}`, ...about, command, rule, ...more },
  ];
}

const pending = () => [...world.orchestrator.summaries()[0]!.pending_approvals];

/** A turn in which the agent asked, and under which the app died. */
async function interrupted(
  ...asked: ProviderEvent[]
): Promise<{ client: TestClient; session_id: string; waiting: string[] }> {
  world = new World();
  const { client, session_id } = await world.session();
  await client.result({ type: 'message', session_id, text: 'build it' });
  world.provider.say({ type: 'session', provider_session_id: 'cli-1' }, ...asked);
  await settle();
  return restarted(session_id);
}

async function restarted(session_id: string) {
  world.crash();
  world.start();
  const client = world.connect();
  await client.result({ type: 'attach', session_id, after_seq: 0 });
  return { client, session_id, waiting: [...world.orchestrator.summaries()[0]!.pending_approvals] };
}

const answers = () => world.provider.heard.filter((one) => one.type === 'answer');

describe('an approval under which the app died', () => {
  it('goes on waiting, and its answer is given to the resumed agent that asks for the same, once', async () => {
    const { client, session_id, waiting } = await interrupted(...asks('make all', 'call-1'));
    expect(waiting).toHaveLength(1);
    const [approval_id] = waiting;
    const answer = await client.result({ type: 'approval_response', session_id, approval_id, decision: 'allow_once' });
    expect(answer).toEqual({ approval_id, kept: true });
    expect(world.provider.heard).toEqual([]);
    await client.result({ type: 'message', session_id, text: 'go on' });
    world.provider.say(...asks('make all', 'call-2'));
    await settle();
    expect(answers()).toMatchObject([{ ref: 'ref-call-2', answer: { decision: 'allow_once' } }]);
    const given = client.events().filter((one) => one.type === 'approval_resolved');
    expect(given).toMatchObject([
      { approval_id, kept: true, by: { kind: 'owner' } },
      { stored: { approval_id, ts: given[0]?.ts }, by: { kind: 'owner' }, decision: 'allow_once' },
    ]);
    expect(given[1]?.digest).toBe(given[0]?.digest);
    // The same once more is asked again.
    world.provider.say(...asks('make all', 'call-3'));
    await settle();
    expect(answers()).toHaveLength(1);
    expect(pending()).toHaveLength(1);
  });

  it('refuses the resumed agent with the words that were kept, and answers its questions', async () => {
    const question = {
      tool_call_id: 'call-q',
      tool: 'Ask',
      kind: 'question' as const,
      title: 'Which colour?',
      input: { questions: ['Which colour?'] },
      questions: [{ question: 'Which colour?', multiple: false, options: [{ label: 'Red' }, { label: 'Blue' }] }],
      rule: null,
    };
    const { client, session_id, waiting } = await interrupted(
      ...asks('rm -r build', 'call-1'),
      { type: 'tool_start', ...question },
      { type: 'approval_request', ref: 'ref-q', ...question },
    );
    const [refused, asked] = waiting;
    await client.result({
      type: 'approval_response',
      session_id,
      approval_id: refused,
      decision: 'deny',
      message: 'Not that.',
    });
    const answers_ = { 'Which colour?': 'Blue' };
    await client.result({
      type: 'approval_response',
      session_id,
      approval_id: asked,
      decision: 'allow_once',
      answers: answers_,
    });
    await client.result({ type: 'message', session_id, text: 'go on' });
    world.provider.say({ type: 'tool_start', ...question }, { type: 'approval_request', ref: 'ref-q2', ...question });
    world.provider.say(...asks('rm -r build', 'call-2'));
    await settle();
    expect(answers()).toMatchObject([
      { ref: 'ref-q2', answer: { decision: 'allow_once', answers: answers_ } },
      { ref: 'ref-call-2', answer: { decision: 'deny', message: 'Not that.' } },
    ]);
  });

  it('is asked anew when the agent asks again before anybody has answered, and is answered once', async () => {
    const { client, session_id, waiting } = await interrupted(...asks('make all', 'call-1'));
    await client.result({ type: 'message', session_id, text: 'go on' });
    world.provider.say(...asks('make all', 'call-2'));
    await settle();
    const late = await client.ask({
      type: 'approval_response',
      session_id,
      approval_id: waiting[0],
      decision: 'allow_once',
    });
    expect(late).toMatchObject({ ok: false, error: { code: 'already_answered', answered: { decision: 'withdrawn' } } });
    expect(pending()).toHaveLength(1);
    expect(pending()).not.toEqual(waiting);
    expect(answers()).toEqual([]);
  });

  it('keeps the answers to two requests of one message, each for its own', async () => {
    const { client, session_id, waiting } = await interrupted(...asks('make a', 'call-1'), ...asks('make b', 'call-2'));
    for (const approval_id of waiting) {
      await client.result({ type: 'approval_response', session_id, approval_id, decision: 'allow_once' });
    }
    await client.result({ type: 'message', session_id, text: 'go on' });
    const [startA, askA] = asks('make a', 'call-3');
    const [startB, askB] = asks('make b', 'call-4');
    world.provider.say(
      startA!,
      startB!,
      askA!,
      { type: 'tool_end', tool_call_id: 'call-3', status: 'completed' },
      askB!,
    );
    await settle();
    expect(answers().map((one) => one.ref)).toEqual(['ref-call-3', 'ref-call-4']);
  });

  it('is kept through a second crash, and through an agent that only looks around first', async () => {
    const { client, session_id, waiting } = await interrupted(...asks('make all', 'call-1'));
    await client.result({ type: 'approval_response', session_id, approval_id: waiting[0], decision: 'allow_once' });
    await client.result({ type: 'message', session_id, text: 'go on' });
    world.provider.say({ type: 'text', item_id: 't', text: 'I was building.' });
    await settle();
    const again = await restarted(session_id);
    await again.client.result({ type: 'message', session_id, text: 'go on' });
    const look = {
      tool_call_id: 'look',
      tool: 'Read',
      kind: 'read' as const,
      title: 'Makefile',
      input: { file: 'Makefile' },
    };
    world.provider.say(
      { type: 'tool_start', ...look },
      { type: 'tool_end', tool_call_id: 'look', status: 'completed' },
    );
    world.provider.say(...asks('make all', 'call-2'));
    await settle();
    expect(answers()).toHaveLength(1);
  });

  it('begins the next turn itself, when whoever answers says so', async () => {
    const { client, session_id, waiting } = await interrupted(...asks('make all', 'call-1'));
    const answer = await client.result({
      type: 'approval_response',
      session_id,
      approval_id: waiting[0],
      decision: 'allow_once',
      go_on: true,
    });
    expect(answer).toMatchObject({ kept: true, turn_id: expect.stringMatching(/^turn_/) });
    expect(world.provider.heard).toMatchObject([
      { type: 'prompt', text: expect.stringContaining('Go on where you were') },
    ]);
    world.provider.say(...asks('make all', 'call-2'));
    await settle();
    expect(answers()).toHaveLength(1);
  });

  it('leaves its rule at once where the answer lasts, for the agent that asked and until it ends', async () => {
    const { client, session_id, waiting } = await interrupted(...asks('make all', 'call-1'));
    const rule_expires_at = world.clock.now() + 60_000;
    await client.result({
      type: 'approval_response',
      session_id,
      approval_id: waiting[0],
      decision: 'allow_session',
      rule_expires_at,
    });
    expect(world.rules.ofSessions()).toMatchObject([{ session_id, provider: 'scripted', expires_at: rule_expires_at }]);
    await client.result({ type: 'message', session_id, text: 'go on' });
    world.provider.say(...asks('make b', 'call-2'));
    await settle();
    expect(answers()).toHaveLength(1);
    world.clock.advance(60_000);
    world.provider.say(...asks('make c', 'call-3'));
    await settle();
    expect(answers()).toHaveLength(1);
  });

  it('goes on waiting when the CLI dies under it while the app lives', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'build it' });
    world.provider.say({ type: 'session', provider_session_id: 'cli-1' }, ...asks('make all', 'call-1'));
    world.provider.say({ type: 'turn_end', status: 'failed' }, { type: 'closed' });
    await settle();
    const [approval_id] = pending();
    await client.result({ type: 'approval_response', session_id, approval_id, decision: 'allow_once' });
    await client.result({ type: 'message', session_id, text: 'go on' });
    world.provider.say(...asks('make all', 'call-2'));
    await settle();
    expect(answers()).toMatchObject([{ ref: 'ref-call-2' }]);
  });

  it('ends with its turn when a person stops that, as ever', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'build it' });
    world.provider.say(...asks('make all', 'call-1'));
    await client.result({ type: 'abort', session_id });
    await settle();
    expect(pending()).toEqual([]);
  });
});

describe('a kept answer', () => {
  /** The app died under `make all`, somebody allowed it, and the agent was resumed. */
  async function allowed(mode?: string) {
    const at = await interrupted(...asks('make all', 'call-1'));
    const [approval_id] = at.waiting;
    await at.client.result({
      type: 'approval_response',
      session_id: at.session_id,
      approval_id,
      decision: 'allow_once',
    });
    if (mode) await at.client.result({ type: 'set_mode', session_id: at.session_id, mode });
    await at.client.result({ type: 'message', session_id: at.session_id, text: 'go on' });
    return { ...at, approval_id: approval_id! };
  }
  const lapses = (client: TestClient) =>
    client.events().flatMap((one) => (one.type === 'approval_lapsed' ? [one.reason] : []));
  const ran = (call: string, kind: 'edit' | 'execute' | 'fetch' | 'other'): ProviderEvent[] => [
    { type: 'tool_start', tool_call_id: call, tool: 'Other', kind, title: 'x', input: { x: 1 } },
    { type: 'tool_end', tool_call_id: call, status: 'completed' },
  ];

  it.each(['edit', 'execute', 'fetch', 'other'] as const)(
    'does not speak for an agent that has done something else first (%s), e.g. changed what the command runs',
    async (kind) => {
      const { client } = await allowed();
      world.provider.say(...ran('call-x', kind), ...asks('make all', 'call-2'));
      await settle();
      expect(answers()).toEqual([]);
      expect(pending()).toHaveLength(1);
      expect(lapses(client)).toEqual(['other_action']);
    },
  );

  it('does not speak while something else still runs, nor after another request was allowed', async () => {
    const { client } = await allowed();
    world.provider.say(ran('call-x', 'execute')[0]!, ...asks('make all', 'call-2'));
    await settle();
    expect(answers()).toEqual([]);
    expect(lapses(client)).toEqual(['other_action']);
  });

  it('does not speak for other bytes, and is void once they were asked for', async () => {
    const { client } = await allowed();
    world.provider.say(...asks('make all install', 'call-2'), ...asks('make all', 'call-3'));
    await settle();
    expect(answers()).toEqual([]);
    expect(pending()).toHaveLength(2);
    expect(lapses(client)).toEqual(['other_action']);
  });

  it.each([
    ['another title', { title: 'make some' }],
    ['another reason', { reason: 'Needs the network.' }],
    ['another change', { diff: { path: '/project/a', change: 'update', added: 1, removed: 0, hunks: [] } }],
    ['no rule any more', { rule: null }],
    ['answers of its own', { options: [{ option_id: 'x', label: 'Yes', kind: 'allow_once' }] }],
  ])('does not speak for the same bytes shown with %s', async (_what, more) => {
    const { client } = await allowed();
    world.provider.say(...asks('make all', 'call-2', more));
    await settle();
    expect(answers()).toEqual([]);
    expect(lapses(client)).toEqual(['changed']);
  });

  it('does not speak in a mode that only plans', async () => {
    const { client } = await allowed('plan');
    world.provider.say(...asks('make all', 'call-2'));
    await settle();
    expect(answers()).toEqual([]);
    expect(lapses(client)).toEqual(['moved_on']);
  });

  it('ends with the next turn that does not ask for it, and says so', async () => {
    const { client, session_id } = await allowed();
    world.provider.say({ type: 'turn_end', status: 'completed' });
    await client.result({ type: 'message', session_id, text: 'once more' });
    world.provider.say(...asks('make all', 'call-2'));
    await settle();
    expect(answers()).toEqual([]);
    expect(lapses(client)).toEqual(['unused']);
  });

  it.each([
    ['another agent', { type: 'set_provider', provider: 'other' }],
    ['another folder', { type: 'set_workspace_scope', cwd: '/elsewhere' }],
    ['a rewind', { type: 'rewind', to_seq: 2 }],
    ['a take-over', { type: 'take_over', how: 'reload' }],
  ])('ends with %s, as does a request that nobody answered', async (_what, command) => {
    const { client, session_id, waiting } = await interrupted(...asks('make a', 'call-1'), ...asks('make b', 'call-2'));
    await client.result({ type: 'approval_response', session_id, approval_id: waiting[0], decision: 'allow_once' });
    await client.result({ session_id, ...command });
    expect(lapses(client)).toEqual(['moved_on']);
    expect(pending()).toEqual([]);
    expect(
      client
        .events()
        .filter((one) => one.type === 'approval_resolved')
        .at(-1),
    ).toMatchObject({ decision: 'withdrawn' });
  });

  it('is taken back by a person, as is a request that nobody waits for; one that is waited for is not', async () => {
    const { client, session_id, waiting } = await interrupted(...asks('make a', 'call-1'), ...asks('make b', 'call-2'));
    const [first, second] = waiting;
    await client.result({ type: 'approval_response', session_id, approval_id: first, decision: 'allow_once' });
    await client.result({ type: 'approval_withdraw', session_id, approval_id: first });
    await client.result({ type: 'approval_withdraw', session_id, approval_id: second });
    expect(lapses(client)).toEqual(['withdrawn']);
    expect(pending()).toEqual([]);
    await client.result({ type: 'message', session_id, text: 'go on' });
    world.provider.say(...asks('make a', 'call-3'));
    await settle();
    expect(answers()).toEqual([]);
    const refused = await client.ask({ type: 'approval_withdraw', session_id, approval_id: pending()[0] });
    expect(refused).toMatchObject({ ok: false, error: { code: 'turn_running' } });
  });

  it('is not taken along by a fork', async () => {
    const { client, session_id, waiting } = await interrupted(...asks('make a', 'call-1'), ...asks('make b', 'call-2'));
    await client.result({ type: 'approval_response', session_id, approval_id: waiting[0], decision: 'allow_once' });
    const fork = await client.result({ type: 'fork_session', session_id, before_seq: null });
    const { state } = world.orchestrator.runtime(fork.session_id as never)!;
    expect(state).toMatchObject({ approvals: {}, kept: {} });
    // The record of the first session is its own still.
    expect(world.store.approvals({ limit: 10 }).map((one) => one.session_id)).toEqual([session_id, session_id]);
  });
});
