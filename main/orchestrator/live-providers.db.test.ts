import { afterEach, describe, expect, it } from 'vitest';
import type { DurableEvent } from '../protocol/events.ts';
import type { ProviderSession } from './ports.ts';
import { settle, type TestClient, World } from './world-test-support.ts';

let world: World;
afterEach(() => world.close());

const lastOf = (client: TestClient, type: DurableEvent['type']) => client.events().findLast((one) => one.type === type);

/** Does something else with every conversation that the CLI begins from now on. */
function startsAs(change: (session: ProviderSession) => ProviderSession): void {
  const start = world.provider.start.bind(world.provider);
  world.provider.start = (...args) => change(start(...args));
}
const throwing = (): never => {
  throw new Error('defect');
};

describe('a CLI that cannot be begun for a defect', () => {
  it.each([
    ['when it is started', throwing],
    ['when it is prompted', (session: ProviderSession): ProviderSession => ({ ...session, prompt: throwing })],
  ])('ends the turn as failed %s, and the session can be used', async (_when, change) => {
    world = new World();
    const { client, session_id } = await world.session();
    const { start } = world.provider;
    startsAs(change);
    await client.result({ type: 'message', session_id, text: 'one' });
    await settle();
    expect(lastOf(client, 'turn_end')).toMatchObject({ status: 'failed', problem: { code: 'internal' } });
    world.provider.start = start;
    await client.result({ type: 'message', session_id, text: 'two' });
    await settle();
    expect(world.provider.heard.at(-1)).toMatchObject({ type: 'prompt' });
  });

  it('does so too when it had to wait for the end of the one before', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'one' });
    world.provider.say({ type: 'turn_end', status: 'completed' }, { type: 'closed', gone: Promise.resolve() });
    startsAs(throwing);
    await client.result({ type: 'message', session_id, text: 'two' });
    await settle();
    expect(lastOf(client, 'turn_end')).toMatchObject({ status: 'failed', problem: { code: 'internal' } });
  });
});

describe('a CLI that is still ending', () => {
  it('is waited for by the next message and by the end of the app', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'one' });
    const ending = Promise.withResolvers<void>();
    world.provider.say({ type: 'turn_end', status: 'completed' }, { type: 'closed', gone: ending.promise });
    await client.result({ type: 'message', session_id, text: 'two' });
    expect(world.provider.starts).toHaveLength(1);
    let closed = false;
    const closing = world.orchestrator.close().then(() => {
      closed = true;
    });
    await settle();
    expect(closed).toBe(false);
    ending.resolve();
    await closing;
  });

  it('is waited for also when its session was unloaded meanwhile', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    const ending = Promise.withResolvers<void>();
    startsAs((session) => ({ ...session, close: () => ending.promise }));
    await client.result({ type: 'message', session_id, text: 'one' });
    world.provider.say({ type: 'turn_end', status: 'completed' });
    await client.result({ type: 'set_provider', session_id, provider: 'other' });
    await client.result({ type: 'set_provider', session_id, provider: 'scripted' });
    await client.result({ type: 'detach', session_id });
    const before = world.orchestrator.runtime(session_id as never);
    for (let more = 0; more < 40; more += 1) {
      await client.result({ type: 'new_chat', cwd: '/project', provider: 'scripted', mode: 'ask' });
    }
    expect(world.orchestrator.runtime(session_id as never)).not.toBe(before);
    await client.result({ type: 'message', session_id, text: 'two' });
    expect(world.provider.starts).toHaveLength(1);
    ending.resolve();
    await settle();
    expect(world.provider.starts).toHaveLength(2);
  });

  it('that cannot be closed costs nothing else', async () => {
    world = new World();
    const { client, session_id } = await world.session();
    startsAs((session) => ({ ...session, close: () => Promise.reject(new Error('defect')) }));
    await client.result({ type: 'message', session_id, text: 'one' });
    world.provider.say({ type: 'turn_end', status: 'completed' });
    await client.result({ type: 'set_provider', session_id, provider: 'other' });
    await settle();
    await client.result({ type: 'message', session_id, text: 'two' });
    expect(world.other.heard.at(-1)).toMatchObject({ type: 'prompt' });
  });
});
