import { describe, expect, it } from 'vitest';
import { Emitter } from '../base/emitter.ts';
import { err, ok } from '../base/result.ts';
import type { Provider } from '../orchestrator/ports.ts';
import type { CommandId, ProviderId } from '../protocol/ids.ts';
import { noCapabilities, type ProviderInfo } from '../protocol/values.ts';
import { ProviderRegistry } from '../providers/registry.ts';
import { ownerPrincipal } from '../security/principal.ts';
import type { ProviderKeyKeeper } from '../security/provider-keys.ts';
import { createJobs } from './jobs.ts';
import { createOnboardingQueries, type OnboardingParts } from './queries.ts';

const command_id = 'command-0001' as CommandId;
const owner = ownerPrincipal('cli');

function stage(more: Partial<ProviderInfo> = {}, parts: Partial<OnboardingParts> = {}) {
  const provider = (id: ProviderId, info: Partial<ProviderInfo>): Provider => ({
    id,
    name: id,
    built_in: false,
    capabilities: noCapabilities,
    detect: async () => ({
      id,
      name: id,
      built_in: false,
      state: 'not_signed_in',
      models: [],
      capabilities: noCapabilities,
      ...info,
    }),
    start: () => {
      throw new Error('not here');
    },
  });
  const registry = new ProviderRegistry([
    provider('cli', { key_variable: 'CLI_KEY', sign_in_command: 'cli login', path: '/opt/cli', ...more }),
  ]);
  const stored = new Map<string, string>();
  const keys: ProviderKeyKeeper = {
    changed: new Emitter(),
    get: (id) => stored.get(id) ?? null,
    set: (id, key) => {
      stored.set(id, key);
      return ok('key_file');
    },
    remove: (id) => stored.delete(id),
    state: () => ({ stored: false }),
    learn: () => {},
    keptBy: () => 'key_file',
  };
  const logged: unknown[] = [];
  const write = (...line: unknown[]) => void logged.push(line);
  const log = { debug: write, info: write, warn: write, error: write };
  const queries = createOnboardingQueries({
    registry,
    keys,
    jobs: createJobs({ redact: (line) => line }),
    installer: { env: {}, home: '/h', instance: 'i', clisDir: '/clis', findNpm: () => null },
    completer: { installed: () => {} },
    log,
    terminal: null,
    terminalFolder: '/t',
    ...parts,
  });
  return { queries, stored, logged, keys };
}
const setKey = (at: ReturnType<typeof stage>, key: string, provider: ProviderId = 'cli') =>
  at.queries.provider_key_set({ type: 'provider_key_set', command_id, provider, key }, owner);
const refused = (message: string) => ({ refused: true, problem: { message: expect.stringContaining(message) } });

describe('storing an API key', () => {
  it('keeps it and says where, and never tells or logs it', async () => {
    const at = stage();
    const answer = await setKey(at, 'sk-canary-12345');
    expect(answer).toEqual({ kept_by: 'key_file', restarted: { now: 0, later: 0 } });
    expect(at.stored.get('cli')).toBe('sk-canary-12345');
    expect(JSON.stringify(at.logged)).not.toContain('canary');
  });

  it.each(['has spaces in it', 'two\nlines-of-it', 'schlüssel-123'])('refuses what cannot be one: %j', async (key) => {
    const at = stage();
    const answer = await setKey(at, key);
    expect(answer).toMatchObject(refused('not an API key'));
    expect([at.stored.size, JSON.stringify(answer).includes(key)]).toEqual([0, false]);
  });

  it('is refused for a CLI that takes none from the app, and for one that there is not', async () => {
    expect(await setKey(stage({ key_variable: undefined }), 'sk-canary-12345')).toMatchObject(
      refused('takes no API key'),
    );
    expect(await setKey(stage(), 'sk-canary-12345', 'other')).toMatchObject(refused('no agent named "other"'));
  });

  it('passes on why it could not be kept', async () => {
    const at = stage();
    at.keys.set = () => err({ code: 'storage_failed', message: 'The keychain is locked.' });
    expect(await setKey(at, 'sk-canary-12345')).toMatchObject(refused('locked'));
  });

  it('can be taken back, once', async () => {
    const at = stage();
    await setKey(at, 'sk-canary-12345');
    const remove = () =>
      at.queries.provider_key_delete({ type: 'provider_key_delete', command_id, provider: 'cli' }, owner);
    expect(remove()).toEqual({ restarted: { now: 0, later: 0 } });
    expect(remove()).toMatchObject(refused('no stored API key'));
  });
});

describe('opening a terminal', () => {
  const open = (at: ReturnType<typeof stage>) =>
    at.queries.open_terminal({ type: 'open_terminal', command_id, provider: 'cli' }, owner);

  it('runs the sign-in command of the CLI', async () => {
    const asked: unknown[] = [];
    const terminal: OnboardingParts['terminal'] = async (...what) => {
      asked.push(what);
      return ok('xterm');
    };
    expect(await open(stage({}, { terminal }))).toEqual({ opened: 'xterm' });
    expect(asked).toMatchObject([[{ command: 'cli login', program: '/opt/cli' }, { folder: '/t' }]]);
  });

  it('is refused where nobody sits in front of the machine, with the command to run', async () => {
    expect(await open(stage())).toMatchObject({
      refused: true,
      problem: { next: expect.stringContaining('cli login') },
    });
  });

  it('is refused where there is nothing to run', async () => {
    expect(await open(stage({ sign_in_command: undefined }))).toMatchObject(refused('no command for signing in'));
  });
});

describe('installing a CLI', () => {
  const install = (at: ReturnType<typeof stage>) =>
    at.queries.provider_install({ type: 'provider_install', command_id, provider: 'cli' }, owner);

  it('is refused for one that does not come from npm', async () => {
    expect(await install(stage())).toMatchObject(refused('does not come from npm'));
  });

  it('is a job that can be asked for and cancelled', async () => {
    const at = stage({ npm_package: '@x/cli' });
    const { job_id } = (await install(at)) as { job_id: string };
    const job = () => at.queries.job({ type: 'job', command_id, job_id, offset: 0 }, owner);
    while ((job() as { state: string }).state === 'running') await new Promise((resolve) => setImmediate(resolve));
    expect(job()).toMatchObject({ state: 'failed', text: expect.stringContaining('npm was not found') });
    expect(at.queries.job_cancel({ type: 'job_cancel', command_id, job_id }, owner)).toEqual({ cancelled: false });
    const other = { command_id, job_id: 'job_other' };
    expect(at.queries.job({ type: 'job', offset: 0, ...other }, owner)).toMatchObject(refused('no such job'));
    expect(at.queries.job_cancel({ type: 'job_cancel', ...other }, owner)).toMatchObject(refused('no such job'));
  });
});
