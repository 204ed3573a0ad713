import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionId } from '../protocol/ids.ts';
import type { Goal } from '../protocol/values.ts';
import { StorageError } from './ports.ts';
import { settle, type TestClient, World } from './world-test-support.ts';

let world: World;
let client: TestClient;
let session_id: string;

beforeEach(async () => {
  world = new World();
  ({ client, session_id } = await world.session());
});
afterEach(() => world.close());

const goal = (): Goal => {
  const last = client.events().findLast((event) => event.type === 'goal_state');
  if (last?.type !== 'goal_state' || !last.goal) throw new Error('no goal');
  return last.goal;
};
const prompts = () => world.provider.heard.filter((one) => one.type === 'prompt');
const report = (text: string) => world.orchestrator.goals.report(session_id as SessionId, { kind: 'progress', text });
const endTurn = () => world.provider.say({ type: 'turn_end', status: 'completed' });

describe('a report that comes while the disk refuses', () => {
  it('is kept, and taken into the goal as it is when there is room again', async () => {
    let full = false;
    world.close();
    world = new World({
      wrapStore: (store) => ({
        ...store,
        append(one) {
          if (full) throw new StorageError('storage_full', 'The disk is full.');
          return store.append(one);
        },
      }),
    });
    ({ client, session_id } = await world.session());
    await client.result({ type: 'set_goal', session_id, objective: 'x' });
    full = true;
    for (const text of ['one', 'two']) {
      expect(report(text)).toMatchObject({ ok: false, error: expect.stringContaining('kept') });
    }
    full = false;
    world.clock.advance(1000);
    await settle();
    expect(goal().progress.map(({ text }) => text)).toEqual(['one', 'two']);
  });
});

describe('a goal, led by the orchestrator', () => {
  it('drives turn after turn until the agent completes it, all in the log', async () => {
    const { goal_id, turn_id } = await client.result({ type: 'set_goal', session_id, objective: 'Five steps' });
    expect(goal_id).toMatch(/^goal_/);
    expect(turn_id).toMatch(/^turn_/);
    for (let step = 1; step <= 5; step += 1) {
      expect(prompts()).toHaveLength(step);
      expect(report(`step ${step}`).ok).toBe(true);
      if (step < 5) endTurn();
    }
    world.orchestrator.goals.report(session_id as SessionId, {
      kind: 'complete',
      summary: 'All done',
      evidence: 'seen',
    });
    endTurn();
    await settle();
    expect(prompts()).toHaveLength(5);
    expect(goal()).toMatchObject({ status: 'complete', reason: 'All done', spent: { turns: 5 } });
    expect(world.orchestrator.summaries()[0]?.goal).toMatchObject({ goal_id, status: 'complete' });
    expect(world.store.verify().ok).toBe(true);
  });

  it('begins the next turn in the commit that ends the one before, so no crash can come between', async () => {
    await client.result({ type: 'set_goal', session_id, objective: 'x' });
    report('a step');
    endTurn();
    await settle();
    const types = client.types();
    expect(types.slice(types.indexOf('turn_end'))).toEqual(['turn_end', 'goal_state', 'user_message', 'turn_started']);
  });

  it('is paused by Stop in the same commit, also while the CLI does not obey, and nothing starts again', async () => {
    world.provider.obedient = false;
    await client.result({ type: 'set_goal', session_id, objective: 'x' });
    await client.result({ type: 'abort', session_id });
    await settle();
    expect(goal()).toMatchObject({ status: 'paused', reason: 'Stopped by you.' });
    world.clock.advance(60_000);
    await settle();
    expect(world.provider.heard.map(({ type }) => type)).toEqual(['prompt', 'interrupt', 'close']);
    expect(prompts()).toHaveLength(1);
    expect(client.types().filter((type) => type === 'turn_end')).toHaveLength(1);
  });

  it('is paused with its history after SIGKILL, and one click sets it going again', async () => {
    await client.result({ type: 'set_goal', session_id, objective: 'x' });
    report('half of it');
    world.crash();
    world.start();
    client = world.connect();
    await client.result({ type: 'attach', session_id, after_seq: 0 });
    await settle();
    expect(goal()).toMatchObject({ status: 'paused', progress: [{ text: 'half of it' }], spent: { turns: 1 } });
    expect(world.provider.starts).toHaveLength(0);
    await client.result({ type: 'change_goal', session_id, action: 'resume' });
    expect(goal()).toMatchObject({ status: 'active', spent: { turns: 2 } });
    expect(prompts().at(-1)?.text).toContain('half of it');
  });

  it('is paused by a clean quit too', async () => {
    await client.result({ type: 'set_goal', session_id, objective: 'x' });
    await world.orchestrator.close();
    world.db.close();
    world.start();
    client = world.connect();
    await client.result({ type: 'attach', session_id, after_seq: 0 });
    await settle();
    expect(goal().status).toBe('paused');
  });

  it('ends out of budget in the middle of a turn when its time is up', async () => {
    await client.result({ type: 'set_goal', session_id, objective: 'x', limits: { minutes: 2 } });
    report('a step');
    world.clock.advance(60_000);
    endTurn();
    world.clock.advance(59_000);
    await settle();
    expect(goal().status).toBe('active');
    world.clock.advance(1000);
    await settle();
    expect(goal()).toMatchObject({ status: 'out_of_budget', reason: 'The time limit of 2 minutes was reached.' });
    expect(world.provider.heard.at(-1)?.type).toBe('interrupt');
    expect(prompts()).toHaveLength(2);
  });

  it('ends out of budget as soon as the money is spent', async () => {
    await client.result({ type: 'set_goal', session_id, objective: 'x', limits: { cost_usd: 1 } });
    world.provider.say({ type: 'usage', input_tokens: 1, output_tokens: 1, cost_usd: 1.5 });
    await settle();
    expect(goal()).toMatchObject({ status: 'out_of_budget', spent: { cost_usd: 1.5 } });
    expect(prompts()).toHaveLength(1);
  });

  it("takes the CLI's own word for its end", async () => {
    await client.result({ type: 'set_goal', session_id, objective: 'x' });
    world.provider.say(
      { type: 'goal', status: 'complete' },
      { type: 'text', item_id: 't1', text: 'It all works now.' },
      { type: 'turn_end', status: 'completed' },
    );
    await settle();
    expect(goal()).toMatchObject({ status: 'complete', reason: 'It all works now.' });
    expect(prompts()).toHaveLength(1);
  });

  it('takes its limits from the settings, and a change of them while it runs', async () => {
    await client.result({ type: 'set_goal', session_id, objective: 'x' });
    expect(goal().limits).toEqual({ turns: 12, minutes: null, cost_usd: null });
    await client.result({ type: 'change_goal', session_id, action: 'limits', limits: { turns: 1 } });
    report('a step');
    endTurn();
    await settle();
    expect(goal()).toMatchObject({ status: 'out_of_budget', reason: 'All 1 turns of the limit were used.' });
  });

  it('starts the CLI anew, with its tools and only then, when a goal is set in a session that has none', async () => {
    Object.assign(world.provider.capabilities, { mcp_servers: true });
    const granted: { alive: () => boolean }[] = [];
    world.goalTools.grant = (_session_id, alive) => {
      granted.push({ alive });
      return { name: 'quarterdeck', url: 'http://127.0.0.1:1/mcp', headers: {} };
    };
    await client.result({ type: 'message', session_id, text: 'hello' });
    endTurn();
    await client.result({ type: 'set_goal', session_id, objective: 'x' });
    await settle();
    expect(world.provider.starts.map(({ mcp_servers }) => mcp_servers.length)).toEqual([0, 1]);
    expect(world.provider.heard.map(({ type }) => type)).toEqual(['prompt', 'close', 'prompt']);
    expect(granted.map(({ alive }) => alive())).toEqual([true]);
    report('a step');
    endTurn();
    await settle();
    expect(world.provider.starts).toHaveLength(2);
    world.provider.say({ type: 'turn_end', status: 'failed' }, { type: 'closed' });
    await settle();
    expect(granted.map(({ alive }) => alive())).toEqual([false]);
  });

  it('is set by a message that begins with /goal', async () => {
    const answer = await client.result({ type: 'message', session_id, text: '/goal Make it fast' });
    expect(answer).toMatchObject({ goal_id: goal().goal_id, turn_id: expect.stringMatching(/^turn_/) });
    expect(goal().objective).toBe('Make it fast');
  });
});
