import { afterEach, describe, expect, it } from 'vitest';
import type { DurableEvent } from '../protocol/events.ts';
import { settle, type TestClient, World } from './world-test-support.ts';

let world: World;
afterEach(() => world.close());

const minute = 60_000;

async function running(limits: { turn_idle_minutes?: number | null; turn_total_minutes?: number | null }) {
  world = new World();
  Object.assign(world.settings, limits);
  const { client, session_id } = await world.session();
  const { turn_id } = await client.result({ type: 'message', session_id, text: 'go' });
  return { client, session_id, turn_id: turn_id! };
}

const about = async (client: TestClient): Promise<string[]> => {
  await settle();
  return client
    .events()
    .filter((event: DurableEvent) => event.type.startsWith('limit_') || event.type === 'turn_end')
    .map((event) => event.type + ('limit' in event ? `:${event.limit}` : 'status' in event ? `:${event.status}` : ''));
};

const ask = {
  tool_call_id: 't',
  tool: 'Bash',
  kind: 'execute' as const,
  title: 'ls',
  input: {},
  rule: null,
};

describe('time limits of a turn', () => {
  it('are written down with its start, announced a minute before, then end it with its whole process tree', async () => {
    const { client } = await running({ turn_total_minutes: 10 });
    const start = world.clock.now();
    world.clock.advance(9 * minute - 1);
    expect(await about(client)).toEqual([]);
    world.clock.advance(1);
    expect(await about(client)).toEqual(['limit_warning:total']);
    expect(client.events().at(-1)).toMatchObject({ ends_at: start + 10 * minute });
    expect(client.events().find((event) => event.type === 'turn_started')).toMatchObject({
      limits: { idle_ms: null, total_ms: 10 * minute },
    });
    world.clock.advance(minute);
    expect(await about(client)).toEqual(['limit_warning:total', 'turn_end:failed']);
    expect(client.events().at(-1)).toMatchObject({ problem: { code: 'time_limit', next: expect.any(String) } });
    expect(world.provider.heard.at(-1)).toEqual({ type: 'interrupt' });
  });

  it('announce a short one in its last fifth', async () => {
    const { client } = await running({ turn_total_minutes: 2 });
    world.clock.advance(1.6 * minute - 1);
    expect(await about(client)).toEqual([]);
    world.clock.advance(1);
    expect(await about(client)).toEqual(['limit_warning:total']);
  });

  it('close a CLI that does not end when it is told to', async () => {
    const { client } = await running({ turn_total_minutes: 10 });
    world.provider.obedient = false;
    world.clock.advance(10 * minute);
    expect(world.provider.heard.at(-1)).toEqual({ type: 'interrupt' });
    world.clock.advance(15_000);
    expect(await about(client)).toEqual(['limit_warning:total', 'turn_end:failed']);
    expect(world.provider.heard.at(-1)).toEqual({ type: 'close' });
  });

  it('are moved by a person, once more each time', async () => {
    const { client, session_id, turn_id } = await running({ turn_total_minutes: 10 });
    const start = world.clock.now();
    expect(await client.result({ type: 'keep_going', session_id, turn_id })).toEqual({ ends_at: null });
    world.clock.advance(9.5 * minute);
    const moved = await client.result({ type: 'keep_going', session_id, turn_id });
    expect(moved).toEqual({ ends_at: start + 20 * minute });
    world.clock.advance(9.4 * minute);
    expect(await about(client)).toEqual(['limit_warning:total', 'limit_extended:total']);
    world.clock.advance(0.1 * minute);
    expect(await about(client)).toEqual(['limit_warning:total', 'limit_extended:total', 'limit_warning:total']);
    world.clock.advance(minute);
    expect((await about(client)).at(-1)).toBe('turn_end:failed');
    const late = await client.ask({ type: 'keep_going', session_id, turn_id });
    expect(late).toMatchObject({ ok: false, error: { code: 'no_active_turn' } });
  });

  it('of silence begin anew with every sign of the agent, which also takes the announcement back', async () => {
    const { client } = await running({ turn_idle_minutes: 10 });
    for (let at = 0; at < 5; at += 1) {
      world.clock.advance(8 * minute);
      world.provider.say({ type: 'item_delta', item_id: 'a', kind: 'text', text: '.' });
    }
    expect(await about(client)).toEqual([]);
    world.clock.advance(9.5 * minute);
    expect(await about(client)).toEqual(['limit_warning:idle']);
    world.provider.say({ type: 'item_delta', item_id: 'a', kind: 'text', text: '.' });
    expect(await about(client)).toEqual(['limit_warning:idle', 'limit_extended:idle']);
    expect(client.events().at(-1)).toMatchObject({ ends_at: null, by: { kind: 'app' } });
    world.clock.advance(10 * minute);
    expect((await about(client)).slice(2)).toEqual(['limit_warning:idle', 'turn_end:failed']);
  });

  it('stand still while the agent waits for a person', async () => {
    const { client, session_id } = await running({ turn_idle_minutes: 10, turn_total_minutes: 20 });
    world.provider.say({
      type: 'tool_start',
      tool_call_id: 't',
      tool: 'Bash',
      kind: 'execute',
      title: 'ls',
      input: {},
    });
    world.provider.say({ type: 'approval_request', ref: 'a', ...ask });
    world.clock.advance(24 * 60 * minute);
    expect(await about(client)).toEqual([]);
    const approval_id = world.orchestrator.summaries()[0]!.pending_approvals[0];
    await client.result({ type: 'approval_response', session_id, approval_id, decision: 'deny' });
    world.clock.advance(8 * minute);
    expect(await about(client)).toEqual([]);
    world.clock.advance(2 * minute);
    expect(await about(client)).toEqual(['limit_warning:idle', 'turn_end:failed']);
  });

  it('take an announcement back when the agent asks a person meanwhile', async () => {
    const { client } = await running({ turn_total_minutes: 10 });
    world.clock.advance(9.5 * minute);
    world.provider.say({
      type: 'tool_start',
      tool_call_id: 't',
      tool: 'Bash',
      kind: 'execute',
      title: 'ls',
      input: {},
    });
    world.provider.say({ type: 'approval_request', ref: 'a', ...ask });
    expect(await about(client)).toEqual(['limit_warning:total', 'limit_extended:total']);
  });

  it('leave no trace in a turn that ends before, nor in the next one', async () => {
    const { client, session_id } = await running({ turn_total_minutes: 10 });
    world.clock.advance(9.9 * minute);
    world.provider.say({ type: 'turn_end', status: 'completed' });
    await client.result({ type: 'message', session_id, text: 'next' });
    world.clock.advance(8 * minute);
    expect(await about(client)).toEqual(['limit_warning:total', 'turn_end:completed']);
    expect(world.orchestrator.runningTurns).toBe(1);
  });

  it('do not end a turn that a person stopped as anything else', async () => {
    const { client, session_id } = await running({ turn_total_minutes: 10 });
    world.provider.obedient = false;
    world.clock.advance(10 * minute);
    await client.result({ type: 'abort', session_id });
    world.provider.say({ type: 'turn_end', status: 'aborted' });
    expect((await about(client)).at(-1)).toBe('turn_end:aborted');
  });

  it('are not there when the settings say so', async () => {
    const { client } = await running({ turn_idle_minutes: null, turn_total_minutes: null });
    world.clock.advance(10_000 * minute);
    expect(await about(client)).toEqual([]);
  });
});

describe('a CLI without a turn', () => {
  it('is closed after the time of the settings', async () => {
    const { client } = await running({});
    world.settings.idle_close_minutes = 3;
    world.provider.say({ type: 'turn_end', status: 'completed' });
    await about(client);
    world.clock.advance(3 * minute - 1);
    expect(world.provider.heard.some((one) => one.type === 'close')).toBe(false);
    world.clock.advance(1);
    expect(world.provider.heard.at(-1)).toEqual({ type: 'close' });
  });
});
