import { describe, expect, it } from 'vitest';
import { cliEnvironment, secretValues } from './environment.ts';

const clean = (base: NodeJS.ProcessEnv, own: string[] = []) => cliEnvironment(base, { own, runId: 'i.1' });

describe('the environment of a CLI', () => {
  it('is what a shell of the person would have', () => {
    const base = { HOME: '/h', LANG: 'C', JAVA_HOME: '/j', SSH_AUTH_SOCK: '/s', HTTPS_PROXY: 'http://u:p@proxy' };
    expect(clean(base)).toEqual({ ...base, PATH: '', QUARTERDECK_RUN_ID: 'i.1' });
  });

  it('carries no mark of a session around us', () => {
    const base = {
      CLAUDECODE: '1',
      CLAUDE_CODE_ENTRYPOINT: 'cli',
      CLAUDE_CODE_SSE_PORT: '1',
      QUARTERDECK_RUN_ID: 'outer',
      ELECTRON_RUN_AS_NODE: '1',
      npm_config_user_agent: 'npm',
      VITEST: 'true',
    };
    expect(clean(base)).toEqual({ PATH: '', QUARTERDECK_RUN_ID: 'i.1' });
  });

  it.each([
    'CLAUDECODE',
    'CLAUDE_CODE_SSE_PORT',
    'CODEX_SANDBOX',
    'CODEX_THREAD_ID',
    'GEMINI_CLI',
    'CURSOR_TRACE_ID',
    'OPENCODE',
    'ELECTRON_RUN_AS_NODE',
    'NODE_OPTIONS',
    'npm_lifecycle_event',
    'VSCODE_INSPECTOR_OPTIONS',
  ])('does not carry %s', (name) => {
    expect(clean({ [name]: 'x' })[name]).toBeUndefined();
  });

  it('carries options for every Node program only when the person names them', () => {
    const base = { NODE_OPTIONS: '--use-system-ca', QUARTERDECK_PASS_ENV: 'NODE_OPTIONS' };
    expect(clean(base).NODE_OPTIONS).toBe('--use-system-ca');
  });

  it.skipIf(process.platform === 'win32')('finds no libraries and programs of an AppImage around us', () => {
    const base = {
      APPDIR: '/tmp/.mount_q',
      PATH: '/tmp/.mount_q/usr/bin:/usr/bin',
      LD_LIBRARY_PATH: '/tmp/.mount_q/lib',
    };
    expect(clean(base)).toEqual({ PATH: '/usr/bin', QUARTERDECK_RUN_ID: 'i.1' });
  });

  it('keeps what is the CLI’s own, also keys and names that look like marks', () => {
    const base = { ANTHROPIC_API_KEY: 'k', CLAUDE_CONFIG_DIR: '/c', CLAUDECODE: '1', OPENAI_API_KEY: 'o' };
    expect(clean(base, ['ANTHROPIC_*', 'CLAUDE_CONFIG_DIR'])).toEqual({
      ANTHROPIC_API_KEY: 'k',
      CLAUDE_CONFIG_DIR: '/c',
      PATH: '',
      QUARTERDECK_RUN_ID: 'i.1',
    });
  });

  it.each([
    'GITHUB_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'DB_PASSWORD',
    'PGPASSWORD',
    'STRIPE_API_KEY',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'GITLAB_PAT',
  ])('leaves out %s, which is a secret and not this CLI’s business', (name) => {
    expect(clean({ [name]: 'x' })[name]).toBeUndefined();
  });

  it('leaves out an address with a password in it', () => {
    expect(clean({ DATABASE_URL: 'postgres://me:hush@db/x' }).DATABASE_URL).toBeUndefined();
    expect(clean({ DATABASE_URL: 'postgres://db/x' }).DATABASE_URL).toBe('postgres://db/x');
  });

  it('passes a secret that the person named', () => {
    const base = {
      QUARTERDECK_PASS_ENV: 'GITHUB_TOKEN, AWS_*',
      GITHUB_TOKEN: 'g',
      AWS_SECRET_ACCESS_KEY: 'a',
      NPM_TOKEN: 'n',
    };
    const env = clean(base);
    expect([env.GITHUB_TOKEN, env.AWS_SECRET_ACCESS_KEY, env.NPM_TOKEN]).toEqual(['g', 'a', undefined]);
  });

  it('does not pass a mark even when it is named', () => {
    expect(clean({ QUARTERDECK_PASS_ENV: '*', CLAUDECODE: '1' }).CLAUDECODE).toBeUndefined();
  });

  it('adds folders behind PATH, each once', () => {
    const env = cliEnvironment({ PATH: '/a:/b' }, { own: [], path: ['/b', '/c'], runId: 'i.1' });
    if (process.platform !== 'win32') expect(env.PATH).toBe('/a:/b:/c');
  });

  it('knows which values must not be shown', () => {
    expect(secretValues({ ANTHROPIC_API_KEY: '12345678', LANG: 'C.UTF-8-long', SHORT_TOKEN: 'x' })).toEqual([
      '12345678',
    ]);
  });
});
