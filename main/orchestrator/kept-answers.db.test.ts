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

const pending = () => Object.keys(world.orchestrator.summaries()[0]!.pending_approvals);

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
});
