import { afterEach, describe, expect, it } from 'vitest';
import type { DurableEvent, SessionEvent } from '../protocol/events.ts';
import type { ScriptedProvider } from './world-test-support.ts';
import { settle, type TestClient, World } from './world-test-support.ts';

let world: World;
afterEach(() => world.close());

type Of<T extends SessionEvent['type']> = Extract<DurableEvent, { type: T }>;
const of = <T extends SessionEvent['type']>(client: TestClient, type: T): Of<T>[] =>
  client.events().filter((event): event is Of<T> => event.type === type);

/** One whole turn: a message, the agent's name for its conversation, its answer. */
async function turn(agent: ScriptedProvider, client: TestClient, session_id: string, text: string, answer: string) {
  await client.result({ type: 'message', session_id, text });
  agent.say(
    { type: 'session', provider_session_id: `${agent.id}-1` },
    { type: 'text', item_id: `${agent.id}-${text}`, text: answer },
    { type: 'turn_end', status: 'completed' },
  );
  await settle();
}

const prompts = (agent: ScriptedProvider) => agent.heard.flatMap((one) => (one.type === 'prompt' ? [one.text] : []));

describe('one session, many agents', () => {
  it('tells a new agent what it has missed, ahead of the message, and shows it before that', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(world.provider, client, session_id, 'Count the boats.', 'There are seven.');
    await client.result({ type: 'set_provider', session_id, provider: 'other' });
    await settle();
    const [digest] = of(client, 'digest');
    expect(digest).toMatchObject({ by: { kind: 'app' }, turn_id: null });
    expect(digest?.text).toContain('Count the boats.');
    expect(digest?.text).toContain('There are seven.');
    await client.result({ type: 'message', session_id, text: 'And the gulls?' });
    await settle();
    expect(of(client, 'turn_started').at(-1)).toMatchObject({ provider: 'other', digest: digest?.text });
    const [prompt] = prompts(world.other);
    expect(prompt).toMatch(/There are seven\.[\s\S]*And the gulls\?$/);
    expect(prompt?.startsWith('<earlier-in-this-session>')).toBe(true);
  });

  it('goes back to an agent where it was, and tells it only what happened meanwhile', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(world.provider, client, session_id, 'one', 'first answer');
    await client.result({ type: 'set_provider', session_id, provider: 'other' });
    await turn(world.other, client, session_id, 'two', 'second answer');
    await client.result({ type: 'set_provider', session_id, provider: 'scripted' });
    await client.result({ type: 'message', session_id, text: 'three' });
    expect(world.provider.starts.at(-1)).toMatchObject({ resume: 'scripted-1', fork: false });
    const prompt = prompts(world.provider).at(-1);
    expect(prompt).toContain('second answer');
    expect(prompt).not.toContain('first answer');
    expect(world.other.heard.at(-1)).toEqual({ type: 'close' });
  });

  it('tells nothing to an agent that has seen everything', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(world.provider, client, session_id, 'one', 'answer');
    await client.result({ type: 'set_provider', session_id, provider: 'other' });
    await client.result({ type: 'set_provider', session_id, provider: 'scripted' });
    await client.result({ type: 'message', session_id, text: 'two' });
    expect(prompts(world.provider)).toEqual(['one', 'two']);
  });

  it("tells a person's own words instead, or nothing when they took it away", async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(world.provider, client, session_id, 'one', 'answer');
    await client.result({ type: 'set_provider', session_id, provider: 'other' });
    await client.result({ type: 'set_digest', session_id, text: 'Only this.' });
    await turn(world.other, client, session_id, 'two', 'yes');
    expect(prompts(world.other)[0]).toMatch(/Only this\.[\s\S]*two$/);
    expect(prompts(world.other)[0]).not.toContain('answer');
    await client.result({ type: 'set_provider', session_id, provider: 'scripted' });
    await client.result({ type: 'set_digest', session_id, text: null });
    await client.result({ type: 'message', session_id, text: 'three' });
    expect(prompts(world.provider).at(-1)).toBe('three');
  });

  it("keeps a person's digest when the turn that took it failed unheard", async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(world.provider, client, session_id, 'one', 'answer');
    await client.result({ type: 'set_provider', session_id, provider: 'other' });
    await client.result({ type: 'set_digest', session_id, text: 'Mine.' });
    await client.result({ type: 'message', session_id, text: 'two' });
    world.other.say({ type: 'turn_end', status: 'failed' });
    await client.result({ type: 'message', session_id, text: 'three' });
    expect(prompts(world.other).map((text) => text.includes('Mine.'))).toEqual([true, true]);
  });

  it("begins with the new agent's own model and effort, in the same mode", async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'set_model', session_id, model: 'large' });
    await client.result({ type: 'set_effort', session_id, effort: 'high' });
    await client.result({ type: 'message', session_id, text: 'one' });
    expect(world.provider.starts.at(-1)).toMatchObject({ model: 'large', effort: 'high', mode: 'ask' });
    await client.result({ type: 'set_effort', session_id, effort: 'low' });
    expect(world.provider.heard.at(-1)).toEqual({ type: 'effort', effort: 'low' });
    world.provider.say({ type: 'turn_end', status: 'completed' });
    await client.result({ type: 'set_provider', session_id, provider: 'other' });
    await client.result({ type: 'message', session_id, text: 'two' });
    expect(world.other.starts.at(-1)).toMatchObject({ model: null, effort: null, mode: 'ask' });
  });

  it('narrows a mode the new agent does not have, says so, and never widens one', async () => {
    world = new World({
      capabilities: { modes: ['ask', 'accept-edits', 'plan', 'full'] },
      otherCapabilities: { modes: ['ask', 'full'] },
    });
    const { client, session_id } = await world.session({ mode: 'accept-edits' });
    await client.result({ type: 'set_provider', session_id, provider: 'other' });
    await settle();
    expect(of(client, 'session_changed').at(-1)).toMatchObject({ provider: 'other', mode: 'ask' });
    expect(of(client, 'notice').map((notice) => notice.code)).toEqual(['mode_narrowed']);
    await client.result({ type: 'set_provider', session_id, provider: 'scripted' });
    await settle();
    expect(of(client, 'session_changed').at(-1)?.mode).toBeUndefined();
    await client.result({ type: 'set_mode', session_id, mode: 'plan' });
    const refused = await client.ask({ type: 'set_provider', session_id, provider: 'other' });
    expect(refused).toMatchObject({ ok: false, error: { next: expect.stringContaining('mode') } });
  });

  it('is not changed while a turn runs, nor to an agent that is not there', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'one' });
    const running = await client.ask({ type: 'set_provider', session_id, provider: 'other' });
    expect(running).toMatchObject({ ok: false, error: { code: 'turn_running' } });
    world.provider.say({ type: 'turn_end', status: 'completed' });
    const unknown = await client.ask({ type: 'set_provider', session_id, provider: 'nobody' });
    expect(unknown).toMatchObject({ ok: false, error: { code: 'provider_unknown' } });
  });

  it('tells an agent that forgets with its process everything, once that has ended', async () => {
    world = new World({ capabilities: { resume: false } });
    const { client, session_id } = await world.session();
    await turn(world.provider, client, session_id, 'one', 'first');
    await turn(world.provider, client, session_id, 'two', 'second');
    expect(prompts(world.provider)).toEqual(['one', 'two']);
    world.provider.say({ type: 'closed' });
    await client.result({ type: 'message', session_id, text: 'three' });
    expect(prompts(world.provider).at(-1)).toMatch(/first[\s\S]*second[\s\S]*three$/);
    expect(world.provider.starts.at(-1)?.resume).toBeNull();
  });

  it('tells a CLI again what happened in the turn in which it was killed: it may not have written it down', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(world.provider, client, session_id, 'one', 'first');
    await client.result({ type: 'message', session_id, text: 'two' });
    world.provider.say({ type: 'item_delta', item_id: 'b', kind: 'text', text: 'half' });
    world.provider.say({ type: 'turn_end', status: 'failed' }, { type: 'closed' });
    await client.result({ type: 'message', session_id, text: 'three' });
    expect(world.provider.starts.at(-1)?.resume).toBe('scripted-1');
    expect(prompts(world.provider).at(-1)).toMatch(/two[\s\S]*half\n\(cut off here\)[\s\S]*three$/);
    expect(prompts(world.provider).at(-1)).not.toContain('first');
  });

  it('lets a command of the CLI stand first, and tells what was missed with the message after it', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(world.provider, client, session_id, 'one', 'first');
    await client.result({ type: 'set_provider', session_id, provider: 'other' });
    await client.result({ type: 'message', session_id, text: 'hello' });
    world.other.say({ type: 'commands', commands: [{ name: 'compact', description: '' }] });
    world.other.say({ type: 'turn_end', status: 'completed' });
    await client.result({ type: 'set_provider', session_id, provider: 'scripted' });
    world.provider.say({ type: 'commands', commands: [{ name: 'compact', description: '' }] });
    await client.result({ type: 'set_provider', session_id, provider: 'other' });
    await client.result({ type: 'set_digest', session_id, text: 'Remember this.' });
    await client.result({ type: 'message', session_id, text: '/compact now' });
    world.other.say({ type: 'turn_end', status: 'completed' });
    await client.result({ type: 'message', session_id, text: '/tmp/x is full' });
    const told = prompts(world.other);
    expect(told.at(-2)).toBe('/compact now');
    expect(told.at(-1)).toMatch(/Remember this\.[\s\S]*\/tmp\/x is full$/);
  });

  it('hears nothing any more from an agent that was let go', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(world.provider, client, session_id, 'one', 'answer');
    await client.result({ type: 'set_provider', session_id, provider: 'other' });
    await client.result({ type: 'message', session_id, text: 'two' });
    world.provider.say({ type: 'text', item_id: 'late', text: 'too late' }, { type: 'turn_end', status: 'completed' });
    await settle();
    expect(of(client, 'text').map((event) => event.text)).toEqual(['answer']);
    expect(world.orchestrator.runningTurns).toBe(1);
  });
});

describe('a conversation the CLI does not know any more', () => {
  const lost = { type: 'resume_lost' as const, text: 'The conversation is gone.' };

  async function resumed() {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(world.provider, client, session_id, 'one', 'first');
    world.provider.say({ type: 'closed' });
    await client.result({ type: 'message', session_id, text: 'two' });
    expect(world.provider.starts.at(-1)?.resume).toBe('scripted-1');
    return { client, session_id };
  }

  it('is begun afresh once, with the same message and what happened before, and says so', async () => {
    const { client } = await resumed();
    world.provider.say(lost, { type: 'closed' });
    await settle();
    expect(world.provider.starts.at(-1)?.resume).toBeNull();
    expect(prompts(world.provider).at(-1)).toMatch(/first[\s\S]*two$/);
    expect(of(client, 'notice').at(-1)).toMatchObject({ level: 'warning', code: 'resume_lost', text: lost.text });
    expect(of(client, 'provider_session').at(-1)?.provider_session_id).toBeNull();
    expect(of(client, 'digest').at(-1)?.turn_id).toBe(of(client, 'turn_started').at(-1)?.turn_id);
    world.provider.say({ type: 'turn_end', status: 'completed' });
    await settle();
    expect(of(client, 'user_message').map((event) => event.text)).toEqual(['one', 'two']);
  });

  it('keeps what a person made of the digest, behind what the conversation itself knew', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await turn(world.provider, client, session_id, 'one', 'first');
    await client.result({ type: 'set_provider', session_id, provider: 'other' });
    await turn(world.other, client, session_id, 'two', 'second');
    await client.result({ type: 'set_provider', session_id, provider: 'scripted' });
    await client.result({ type: 'set_digest', session_id, text: 'Mine.' });
    await client.result({ type: 'message', session_id, text: 'three' });
    world.provider.say(lost, { type: 'closed' });
    await settle();
    const told = prompts(world.provider).at(-1);
    expect(told).toMatch(/first[\s\S]*Mine\.[\s\S]*three$/);
    expect(told).not.toContain('second');
    world.provider.say({ type: 'turn_end', status: 'failed' });
    await client.result({ type: 'message', session_id, text: 'four' });
    expect(prompts(world.provider).at(-1)).toMatch(/first[\s\S]*Mine\.[\s\S]*four$/);
  });

  it('is not begun a second time', async () => {
    const { client } = await resumed();
    world.provider.say(lost);
    await settle();
    const starts = world.provider.starts.length;
    world.provider.say(lost);
    await settle();
    expect(world.provider.starts).toHaveLength(starts);
    expect(of(client, 'turn_end').at(-1)).toMatchObject({ status: 'failed', problem: { code: 'provider_failed' } });
  });

  it('is never begun anew once the agent has said or done something in the turn', async () => {
    const { client } = await resumed();
    world.provider.say({
      type: 'tool_start',
      tool_call_id: 't',
      tool: 'Bash',
      kind: 'execute',
      title: 'rm',
      input: {},
    });
    const starts = world.provider.starts.length;
    world.provider.say(lost);
    await settle();
    expect(world.provider.starts).toHaveLength(starts);
    expect(of(client, 'turn_end').at(-1)?.status).toBe('failed');
  });

  it('stays stopped when a person had stopped the turn', async () => {
    const { client, session_id } = await resumed();
    world.provider.obedient = false;
    await client.result({ type: 'abort', session_id });
    const starts = world.provider.starts.length;
    world.provider.say(lost);
    await settle();
    expect(world.provider.starts).toHaveLength(starts);
    expect(of(client, 'turn_end').at(-1)?.status).toBe('aborted');
  });
});

describe('the freedom of an agent', () => {
  const wider = { type: 'mode' as const, mode: 'full' as const };

  it('is not widened by the agent itself: it is set back, and people are told', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'go' });
    world.provider.say({ type: 'session', provider_session_id: 'x' }, wider);
    await settle();
    expect(world.orchestrator.summaries()[0]?.mode).toBe('ask');
    expect(of(client, 'notice')).toMatchObject([{ level: 'warning', code: 'mode_kept' }]);
    expect(world.provider.heard.at(-1)).toEqual({ type: 'mode', mode: 'ask' });
  });

  it('follows where a person allowed it, as when a plan is approved, and wherever it becomes less', async () => {
    world = new World({ capabilities: { modes: ['ask', 'plan', 'accept-edits', 'full'] } });
    const { client, session_id } = await world.session({ mode: 'accept-edits' });
    await client.result({ type: 'message', session_id, text: 'go' });
    world.provider.say({ type: 'mode', mode: 'plan' });
    const plan = { tool_call_id: 't', tool: 'ExitPlanMode', kind: 'plan' as const, title: 'Ready?', input: {} };
    world.provider.say({ type: 'tool_start', ...plan }, { type: 'approval_request', ref: 'r', ...plan, rule: null });
    expect(world.orchestrator.summaries()[0]).toMatchObject({ mode: 'plan', status: 'waiting' });
    const approval_id = world.orchestrator.summaries()[0]!.pending_approvals[0];
    await client.result({ type: 'approval_response', session_id, approval_id, decision: 'allow_once' });
    world.provider.say({ type: 'mode', mode: 'accept-edits' });
    expect(world.orchestrator.summaries()[0]?.mode).toBe('accept-edits');
  });

  it.each([
    ['full access, also after an approved plan', 'plan', 'full'],
    ['more after a yes to anything but a plan', 'execute', 'accept-edits'],
  ] as const)('does not become %s', async (_what, kind, mode) => {
    world = new World({ capabilities: { modes: ['ask', 'plan', 'accept-edits', 'full'] } });
    const { client, session_id } = await world.session({ mode: 'plan' });
    await client.result({ type: 'message', session_id, text: 'go' });
    const call = { tool_call_id: 't', tool: 'X', kind, title: 'Ready?', input: {} };
    world.provider.say({ type: 'tool_start', ...call }, { type: 'approval_request', ref: 'r', ...call, rule: null });
    const approval_id = world.orchestrator.summaries()[0]!.pending_approvals[0];
    await client.result({ type: 'approval_response', session_id, approval_id, decision: 'allow_once' });
    world.provider.say({ type: 'mode', mode });
    expect(world.orchestrator.summaries()[0]?.mode).toBe('plan');
    expect(world.provider.heard.at(-1)).toEqual({ type: 'mode', mode: 'plan' });
  });
});
