import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GeminiProvider } from './adapter.ts';
import { geminiCommand } from './launch.ts';
import { quietSettings } from './quiet-settings.ts';

describe.skipIf(process.platform === 'win32')('looking for Gemini CLI', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'gemini-detect-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const put = (path: string, content: string) => {
    const full = join(home, path);
    mkdirSync(join(full, '..'), { recursive: true });
    writeFileSync(full, content);
    return full;
  };

  /** As npm installs it: a link on PATH to a script in the package. Running it would fail: it is empty. */
  function install(version: string): string {
    const script = put('lib/node_modules/@google/gemini-cli/bundle/gemini.js', '');
    chmodSync(script, 0o755);
    put('lib/node_modules/@google/gemini-cli/package.json', JSON.stringify({ name: '@google/gemini-cli', version }));
    mkdirSync(join(home, 'bin'), { recursive: true });
    symlinkSync(script, join(home, 'bin/gemini'));
    return script;
  }

  const host = (env: NodeJS.ProcessEnv = {}) => ({
    env: { QUARTERDECK_GEMINI_PATH: join(home, 'bin/gemini'), ...env },
    home,
    instance: 'test',
    startCli: () => {
      throw new Error('nothing is to be started');
    },
    settingsDir: join(home, 'quarterdeck'),
  });
  const clock = { now: () => 0, after: () => () => {} };
  const detect = (env?: NodeJS.ProcessEnv) => new GeminiProvider({ ...host(env), clock }).detect();

  it('reads version and sign-in from files, without starting it', async () => {
    install('0.61.0');
    expect(await detect({ GEMINI_API_KEY: 'AIza-not-a-real-key' })).toMatchObject({
      state: 'ready',
      version: '0.61.0',
      account: 'API key',
    });
    expect(await detect()).toMatchObject({
      state: 'not_signed_in',
      problem: { next: expect.stringContaining('GEMINI_API_KEY') },
    });
    put('.gemini/settings.json', '// mine\n{"security":{"auth":{"selectedType":"oauth-personal" /* Google */}}}');
    expect(await detect()).toMatchObject({ state: 'not_signed_in' });
    put('.gemini/oauth_creds.json', '{}');
    put('.gemini/google_accounts.json', '{"active":"me@example.org"}');
    expect(await detect()).toMatchObject({ state: 'ready', account: 'Google account me@example.org' });
  });

  it('uses the key the person stored, for looking and for its own process only', async () => {
    install('0.61.0');
    let key: string | null = null;
    const keys = { get: () => key };
    const provider = new GeminiProvider({ ...host({ GEMINI_API_KEY: undefined }), clock, keys });
    expect(await provider.detect()).toMatchObject({ state: 'not_signed_in', key_stored: false, known_good: 'tried' });
    key = 'AIza-stored-for-this-provider';
    const info = await provider.detect();
    expect(info).toMatchObject({
      state: 'ready',
      account: 'API key',
      key_stored: true,
      key_variable: 'GEMINI_API_KEY',
    });
    expect(JSON.stringify(info)).not.toContain(key);
    expect(process.env.GEMINI_API_KEY).toBeUndefined();
  });

  it.each([
    ['.gemini/gemini-credentials.json', '{}'],
    ['.gemini/.env', 'OTHER=1\nGEMINI_API_KEY=x'],
    ['.gemini/settings.json', '{"security":{"auth":{"selectedType":"vertex-ai"}}}'],
  ])('knows the credential in %s', async (path, content) => {
    install('0.61.0');
    put(path, content);
    expect((await detect()).state).toBe('ready');
  });

  it('says what to do in each other case', async () => {
    expect(await detect()).toMatchObject({ state: 'broken', problem: { next: expect.any(String) } });
    install('0.9.0');
    expect(await detect()).toMatchObject({
      state: 'too_old',
      problem: { command: expect.stringContaining('npm install') },
    });
  });

  it('is run with the Node beside its link, where there is one', () => {
    const script = install('0.61.0');
    const node = put('bin/node', '');
    chmodSync(node, 0o755);
    const words = {
      install: '',
      signIn: '',
      tryIt: '',
      silence: '',
      noResume: '',
      say: { agent: 'gemini' as const, line: '', key: '' },
    };
    const command = geminiCommand(
      { name: 'Gemini CLI', words },
      host({ GEMINI_CLI: '1', OTHER_TOKEN: 'x'.repeat(20) }),
      'run',
    );
    expect(command).toMatchObject({ file: node, args: [script, '--acp', '--skip-trust'] });
    if ('problem' in command) return;
    expect(command.env).toMatchObject({ GEMINI_CLI_NO_RELAUNCH: 'true', QUARTERDECK_RUN_ID: 'run' });
    expect(Object.keys(command.env)).not.toEqual(expect.arrayContaining(['GEMINI_CLI']));
    expect(command.env).not.toHaveProperty('OTHER_TOKEN');
  });

  it('is not started when its settings cannot be written; that is a problem in words', () => {
    install('0.61.0');
    // A file where the folder should be: nobody, not even root, can write into it.
    put('quarterdeck', '');
    const words = {
      install: '',
      signIn: '',
      tryIt: '',
      silence: '',
      noResume: '',
      say: { agent: 'gemini' as const, line: '', key: '' },
    };
    expect(geminiCommand({ name: 'Gemini CLI', words }, host(), 'run')).toMatchObject({
      problem: { code: 'provider_failed', message: expect.stringMatching(/not started.*\(E[A-Z]+\)/) },
    });
  });

  it('is quiet in our processes, and keeps the rest of what the administrator set', () => {
    const given = put('admin.json', '{"privacy":{"usageStatisticsEnabled":true,"other":1},"tools":{"exclude":["x"]}}');
    const written = () =>
      JSON.parse(
        readFileSync(
          quietSettings({
            ...{ dir: join(home, 'deep/er'), env: { GEMINI_CLI_SYSTEM_SETTINGS_PATH: given }, home, useKey: false },
            childEnv: { PATH: '/bin', SSH_AUTH_SOCK: '/s', GEMINI_API_KEY: 'k' },
          }),
          'utf8',
        ),
      );
    expect(written()).toMatchObject({
      privacy: { usageStatisticsEnabled: false, other: 1 },
      tools: { exclude: ['x'] },
      general: { enableAutoUpdate: false, maxAttempts: 3 },
      // The shells of its tools keep everything but its keys.
      security: {
        environmentVariableRedaction: {
          enabled: true,
          allowed: ['PATH', 'SSH_AUTH_SOCK'],
          blocked: expect.arrayContaining(['GEMINI_API_KEY']),
        },
      },
    });
    put('.gemini/settings.json', '{"general":{"maxAttempts":7}}');
    expect(written().general).not.toHaveProperty('maxAttempts');
    expect(readFileSync(given, 'utf8')).toContain('"usageStatisticsEnabled":true');
  });
});
