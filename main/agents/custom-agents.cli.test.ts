import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Log } from '../orchestrator/ports.ts';
import type { CustomAgent } from '../protocol/settings.ts';
import type { AgentCheck } from '../protocol/views.ts';
import { systemClock } from '../providers/acp/replay-test-support.ts';
import { Run } from '../providers/conformance.ts';
import { processesOfRuns } from '../providers/process/process-table.ts';
import { createStartCli } from '../providers/process/start-cli.ts';
import { ProviderRegistry } from '../providers/registry.ts';
import { createAgentStore } from '../storage/agent-store.ts';
import { migration } from '../storage/migrations/0060-custom-agents.ts';
import type { Db } from '../storage/open-database.ts';
import { createAgentQueries } from './agent-queries.ts';
import { CustomAgents } from './custom-agents.ts';

const fake = fileURLToPath(new URL('../providers/acp/fixtures/fake-agent.mjs', import.meta.url));
const secret = 'a-key-of-this-agent-0001';
let count = 0;

describe.skipIf(process.platform === 'win32')('agents the person added', () => {
  let home: string;
  let db: Db;
  let instance: string;
  let keys: Map<string, string>;
  let registry: ProviderRegistry;
  let agents: CustomAgents;
  const log: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

  /** As at a start of the app. */
  function open() {
    const host = { env: { PATH: process.env.PATH }, home, instance, startCli: createStartCli(), clock: systemClock };
    const kept = { get: (id: string) => keys.get(id) ?? null, remove: (id: string) => keys.delete(id) };
    registry = new ProviderRegistry([]);
    agents = new CustomAgents({ store: createAgentStore(db), registry, host, keys: kept, log });
  }
  beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'custom-agents-')));
    db = new Database(':memory:');
    db.exec(migration.sql);
    instance = `custom-${process.pid}-${++count}`;
    keys = new Map();
    open();
  });
  afterEach(async () => {
    await agents.close();
    expect(processesOfRuns((runId) => runId.startsWith(`${instance}.`))).toEqual([]);
    db.close();
    rmSync(home, { recursive: true, force: true });
  });

  const agent = (more: Partial<CustomAgent> = {}): CustomAgent => ({
    ...{ id: 'my-agent', name: 'My agent', command: process.execPath, args: [fake] },
    env: { FAKE_AGENT: 'rich' },
    ...more,
  });
  const info = async (id = 'my-agent') => (await registry.refresh()).find((one) => one.id === id);

  it('are providers as long as they are there, also after a restart', async () => {
    expect(agents.save(agent()).ok).toBe(true);
    expect(await info()).toMatchObject({ name: 'My agent', state: 'ready', custom: true });
    open();
    expect(agents.list()).toEqual([agent()]);
    expect(await info()).toMatchObject({ name: 'My agent', state: 'ready' });
    agents.save(agent({ name: 'Renamed' }));
    expect((await info())?.name).toBe('Renamed');
    expect(agents.list()).toHaveLength(1);
    keys.set('my-agent', secret);
    expect(agents.remove('my-agent')).toBe(true);
    expect(agents.remove('my-agent')).toBe(false);
    expect(registry.providers.has('my-agent')).toBe(false);
    expect(await info()).toBeUndefined();
    expect(keys.size).toBe(0);
    open();
    expect(agents.list()).toEqual([]);
  });

  it('say who they are when they are tried, and are known by it from then on, also after a restart', async () => {
    const check = await agents.test(agent());
    expect(check).toEqual({ ok: true, name: 'fake', version: '1.2.3', models: ['big', 'small'] });
    expect(agents.list()).toEqual([]);
    agents.save(agent());
    const known = {
      version: '1.2.3',
      capabilities: { images: true, fork: true },
      models: [{ id: 'big' }, { id: 'small' }],
    };
    expect(await info()).toMatchObject(known);
    open();
    expect(await info()).toMatchObject(known);
    // Another command is another agent.
    agents.save(agent({ env: {} }));
    expect(await info()).toMatchObject({ models: [], capabilities: { images: false } });
  });

  it.each<[string, Partial<CustomAgent>, string]>([
    ['it ends at once', { env: { FAKE_AGENT: 'exits-at-once' } }, 'exit code 7'],
    ['it is no agent', { env: { FAKE_AGENT: 'garbage-and-exit' } }, 'not the Agent Client Protocol'],
    ['it is not signed in', { env: { FAKE_AGENT: 'signed-out' } }, 'not signed in'],
    ['it is not there', { command: 'no-such-agent-anywhere' }, 'not found'],
    ['it speaks something else', { env: { FAKE_AGENT: 'other-version' } }, 'does not understand'],
  ])('that cannot be used say why when they are tried: %s', async (_what, more, words) => {
    keys.set('my-agent', secret);
    const check: AgentCheck = await agents.test(agent({ key_variable: 'FAKE_API_KEY', ...more }));
    expect(check.ok).toBe(false);
    expect(check.problem?.message).toContain(words);
    expect(check.problem?.next).toBeTruthy();
    expect(JSON.stringify(check)).not.toContain(secret);
  });

  it('say so when there is no room to try them in', async () => {
    vi.stubEnv('TMPDIR', join(home, 'nowhere'));
    try {
      const check = await agents.test(agent());
      expect(check).toMatchObject({ ok: false, problem: { message: expect.stringContaining('no empty folder') } });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('show the end of what they printed, and how they say that one signs in', async () => {
    const signedOut = await agents.test(agent({ env: { FAKE_AGENT: 'signed-out' } }));
    expect(signedOut.problem?.output).toContain('Browser: Run fake login');
    const check = await agents.test(agent({ env: { FAKE_AGENT: 'exits-at-once' } }));
    expect(check.problem?.output).toContain('fatal: cannot start');
  });

  it('get their key, and it alone, as their variable', async () => {
    keys.set('my-agent', secret);
    keys.set('other', 'another-key-entirely');
    agents.save(agent({ env: {}, key_variable: 'FAKE_API_KEY' }));
    expect(await info()).toMatchObject({ key_variable: 'FAKE_API_KEY', key_stored: true });
    const run = new Run({ provider: registry.providers.get('my-agent')!, cwd: home });
    const end = run.turn('command echo "[$FAKE_API_KEY]"; env | grep -c another');
    run.session.answer((await run.next('approval_request')).ref, { decision: 'allow_once' });
    await end;
    expect(run.of('tool_end')[0]?.output).toBe(`[${secret}]\n0\n`);
    await run.session.close();
  });

  it('are told apart from those that come with the app', () => {
    const own = agent({ id: 'claude', name: 'Claude' });
    agents.save(agent());
    registry.add({ ...registry.providers.get('my-agent')!, id: 'claude', detect: async () => (await info())! });
    const refused = createAgentQueries(agents).agents_save({ type: 'agents_save', agent: own } as never, {} as never);
    expect(refused).toMatchObject({ refused: true, problem: { next: 'Choose another name.' } });
    expect(agents.list().map(({ id }) => id)).toEqual(['my-agent']);
  });
});
