import { afterEach, describe, expect, it } from 'vitest';
import type { DurableEvent, SessionEvent } from '../protocol/events.ts';
import type { ProviderId, SessionId } from '../protocol/ids.ts';
import type { ImportSource } from './ports.ts';
import { settle, type TestClient, World } from './world-test-support.ts';

let world: World;
afterEach(() => world.close());

type Of<T extends SessionEvent['type']> = Extract<DurableEvent, { type: T }>;
const of = <T extends SessionEvent['type']>(client: TestClient, type: T): Of<T>[] =>
  client.events().filter((event): event is Of<T> => event.type === type);

const provider = 'scripted' as ProviderId;
const found = {
  provider,
  provider_session_id: 'cli-7',
  cwd: '/lighthouse',
  title: 'Paint it',
  resumable: true,
  digest: async () => 'The person wanted it red.',
};
const vault = (change: object = {}): ImportSource => ({
  find: async (id) => (id === 'imp_1' ? { ...found, ...change } : null),
});

async function continued(client: TestClient, more: object = {}): Promise<string> {
  const { session_id } = await client.result({ type: 'continue_import', import_id: 'imp_1', mode: 'ask', ...more });
  await client.result({ type: 'attach', session_id, after_seq: 0 });
  return session_id!;
}

async function say(client: TestClient, session_id: string, text: string): Promise<void> {
  await client.result({ type: 'message', session_id, text });
  await settle();
}

describe('continuing a conversation of the vault', () => {
  it('opens a session in its folder that resumes the CLI’s own', async () => {
    world = new World({ imports: vault() });
    const client = world.connect();
    const session_id = await continued(client);
    expect(of(client, 'session_created')).toMatchObject([
      {
        cwd: '/lighthouse',
        provider,
        title: 'Paint it',
        origin: { kind: 'import', import_id: 'imp_1', provider, provider_session_id: 'cli-7' },
      },
    ]);
    await say(client, session_id, 'Go on.');
    expect(world.provider.starts).toMatchObject([{ cwd: '/lighthouse', resume: 'cli-7', fork: false }]);
  });

  it('branches it when asked to, and where the CLI can', async () => {
    world = new World({ imports: vault(), capabilities: { fork: true } });
    const client = world.connect();
    await say(client, await continued(client, { fork: true }), 'Go on.');
    expect(world.provider.starts).toMatchObject([{ resume: 'cli-7', fork: true }]);
  });

  it.each([
    ['the CLI cannot resume', {}, { resume: false }],
    ['the CLI’s file is gone', { resumable: false }, {}],
  ])('tells the agent what was said when %s', async (_why, change, capabilities) => {
    world = new World({ imports: vault(change), capabilities });
    const client = world.connect();
    await say(client, await continued(client), 'Go on.');
    expect(world.provider.starts).toMatchObject([{ resume: null, fork: false }]);
    expect(of(client, 'turn_started')[0]?.digest).toBe('The person wanted it red.');
    expect(world.provider.heard[0]).toMatchObject({
      type: 'prompt',
      text: expect.stringContaining('The person wanted it red.'),
    });
  });

  it('is refused, in words, when the folder is gone or there is no such conversation', async () => {
    const problem = { code: 'folder_missing', message: 'The folder is gone.' } as const;
    world = new World({ imports: vault(), folders: { inspect: async () => ({ ok: false, problem }) } });
    const client = world.connect();
    expect(await client.ask({ type: 'continue_import', import_id: 'imp_1' })).toMatchObject({
      ok: false,
      error: problem,
    });
    expect(await client.ask({ type: 'continue_import', import_id: 'imp_2' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    expect(world.orchestrator.summaries()).toEqual([]);
  });
});

describe('another program in the conversation behind a session', () => {
  const warned = (client: TestClient) => of(client, 'notice').filter((event) => event.code === 'other_writer');

  async function withTurn(capabilities: object = {}): Promise<{ client: TestClient; session_id: string }> {
    world = new World({ capabilities });
    const { client, session_id } = await world.session();
    await say(client, session_id, 'Hello.');
    world.provider.say({ type: 'session', provider_session_id: 'cli-7' }, { type: 'turn_end', status: 'completed' });
    return { client, session_id };
  }

  it('is told once, until a turn begins', async () => {
    const { client, session_id } = await withTurn();
    const tell = () => world.orchestrator.tellOtherWriter(session_id as SessionId, provider);
    tell();
    tell();
    await settle();
    expect(warned(client)).toMatchObject([{ level: 'warning', turn_id: null }]);
    await say(client, session_id, 'I go on.');
    world.provider.say({ type: 'turn_end', status: 'completed' });
    tell();
    await settle();
    expect(warned(client)).toHaveLength(2);
  });

  it('is still known after a restart, and not told again', async () => {
    const { session_id } = await withTurn();
    world.orchestrator.tellOtherWriter(session_id as SessionId, provider);
    world.crash();
    world.start();
    world.orchestrator.tellOtherWriter(session_id as SessionId, provider);
    const client = world.connect();
    await client.result({ type: 'attach', session_id, after_seq: 0 });
    expect(warned(client)).toHaveLength(1);
  });

  it.each([
    ['reload', false],
    ['branch', true],
  ])('is taken over by %s: our process ends, and the next one goes on from what stands there', async (how, fork) => {
    const { client, session_id } = await withTurn({ fork: true });
    world.orchestrator.tellOtherWriter(session_id as SessionId, provider);
    await client.result({ type: 'take_over', session_id, how });
    await settle();
    expect(world.provider.heard.at(-1)).toEqual({ type: 'close' });
    expect(world.orchestrator.runtime(session_id as SessionId)?.state.otherWriter).toBe(false);
    await say(client, session_id, 'I go on.');
    expect(world.provider.starts.at(-1)).toMatchObject({ resume: 'cli-7', fork });
    world.provider.say({ type: 'session', provider_session_id: 'cli-8' }, { type: 'turn_end', status: 'completed' });
    await say(client, session_id, 'And on.');
    expect(world.provider.starts).toHaveLength(2);
  });
});

describe('who reads the vault', () => {
  it('is told what changes in it, and nobody else is', async () => {
    const status = {
      state: 'idle' as const,
      files_done: 1,
      files_total: 1,
      bytes_done: 0,
      bytes_total: 0,
      sessions: 1,
      messages: 2,
      problems: [],
      finished_at: 1,
    };
    world = new World({ queries: { import_status: () => status, import_read: () => ({ items: [] }) } });
    const [reader, other] = [world.connect(), world.connect()];
    await reader.result({ type: 'import_status' });
    await reader.result({ type: 'import_read', import_id: 'imp_1' });
    world.bus.importStatus.emit(status);
    world.bus.importGrown.emit({ import_id: 'imp_1', messages: 3 });
    world.bus.importGrown.emit({ import_id: 'imp_2', messages: 9 });
    const told = (client: TestClient) => client.frames.filter((frame) => frame.type.startsWith('import_'));
    expect(told(reader)).toEqual([
      { type: 'import_status', status },
      { type: 'import_changed', import_id: 'imp_1', messages: 3 },
    ]);
    expect(told(other)).toEqual([]);
    reader.connection?.close();
    world.bus.importGrown.emit({ import_id: 'imp_1', messages: 4 });
    expect(told(reader)).toHaveLength(2);
  });
});
