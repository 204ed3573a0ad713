import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processesOfRuns } from '../providers/process/process-table.ts';
import { installCli, ownProgram } from './install-cli.ts';
import { tidyInstallations } from './installed-clis.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { ScriptedRegistry } from './npm-registry-test-support.ts';

const fakeKey = 'sk-canary-0123456789abcdef';
let folder: string;
let registry: ScriptedRegistry;
let jobs: Jobs;
let instance: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'install-'));
  registry = new ScriptedRegistry(folder, '@fake/cli', 'fakecli');
  await registry.listen();
  jobs = createJobs({ redact: (line) => line.replaceAll(fakeKey, '[redacted]') });
  instance = `install-${folder.slice(-6)}`;
});
afterEach(async () => {
  await jobs.close();
  registry.close();
  expect(processesOfRuns((id) => id.startsWith(`${instance}.`))).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});

const clisDir = () => join(folder, 'clis');
const installer = (env: NodeJS.ProcessEnv = {}) => ({
  env: {
    PATH: process.env.PATH,
    HOME: join(folder, 'home'),
    NPM_CONFIG_REGISTRY: registry.url,
    NPM_CONFIG_CACHE: join(folder, 'cache'),
    NPM_CONFIG_FETCH_RETRIES: '0',
    ...env,
  },
  home: join(folder, 'home'),
  instance,
  clisDir: clisDir(),
});
const start = (env: NodeJS.ProcessEnv = {}) =>
  jobs.start({
    key: 'fakecli',
    title: 'x',
    run: (context) => installCli(installer(env), { provider: 'fakecli', npmPackage: '@fake/cli' }, context),
  });
async function until(job_id: string, done: (text: string, state: string) => boolean) {
  for (;;) {
    const { text, state } = jobs.read(job_id, 0)!;
    if (done(text, state)) return { text, state };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const ended = (job_id: string) => until(job_id, (_text, state) => state !== 'running');
const leftovers = () =>
  existsSync(clisDir()) ? readdirSync(clisDir()).filter((name) => /-(?:building|link)-/.test(name)) : [];
const whole = () => readdirSync(clisDir()).filter((name) => name.startsWith('.fakecli-at-'));

describe('installing a CLI from npm', { timeout: 60_000 }, () => {
  it('brings a program into a folder of the app, shows what npm says, and puts a newer one in its place', async () => {
    const first = await ended(start());
    expect(first.state, first.text).toBe('done');
    expect(first.text).toMatch(/^\$ npm install @fake\/cli@latest\n/);
    expect(first.text).toContain('\n1.0.0\nInstalled in ');
    const program = ownProgram(clisDir(), 'fakecli')!;
    expect(execFileSync(program, ['--version'], { encoding: 'utf8' })).toBe('1.0.0\n');
    registry.version = '1.1.0';
    expect((await ended(start())).state).toBe('done');
    expect(execFileSync(program, ['--version'], { encoding: 'utf8' })).toBe('1.1.0\n');
  });

  it('takes nothing from a session that runs on the former one, which loads more of itself later; the next start does', async () => {
    registry.script = `process.stdin.once('data', () => import('./later.js').then((it) => console.log(it.default)));`;
    registry.more = { 'later.js': 'module.exports = "still here";' };
    await ended(start());
    const session = spawn(process.execPath, [ownProgram(clisDir(), 'fakecli')!], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(session, 'spawn');
    registry.version = '1.1.0';
    registry.script = 'console.log("new")';
    registry.more = {};
    expect((await ended(start())).state).toBe('done');
    session.stdin.end('go on\n');
    const [words] = (await once(session.stdout, 'data')) as [Buffer];
    expect(String(words)).toBe('still here\n');
    expect(whole()).toHaveLength(2);
    await tidyInstallations(clisDir());
    expect(whole()).toHaveLength(1);
    expect(execFileSync(ownProgram(clisDir(), 'fakecli')!, { encoding: 'utf8' })).toBe('new\n');
  });

  it('is made good by the next start when the app was killed before the new one was in place', async () => {
    await ended(start());
    rmSync(join(clisDir(), 'fakecli'));
    expect(ownProgram(clisDir(), 'fakecli')).toBeNull();
    mkdirSync(join(clisDir(), '.fakecli-building-x/node_modules'), { recursive: true });
    await tidyInstallations(clisDir());
    expect(execFileSync(ownProgram(clisDir(), 'fakecli')!, ['--version'], { encoding: 'utf8' })).toBe('1.0.0\n');
    expect(readdirSync(clisDir())).toHaveLength(2);
  });

  it('takes the place also of a folder that is no link', async () => {
    mkdirSync(join(clisDir(), 'fakecli/node_modules'), { recursive: true });
    expect((await ended(start())).state).toBe('done');
    await tidyInstallations(clisDir());
    expect([whole().length, readdirSync(clisDir()).length]).toEqual([1, 2]);
  });

  it('leaves what was there when the new one does not start', async () => {
    await ended(start());
    registry.version = '2.0.0';
    registry.script = 'console.error("needs a newer Node"); process.exit(3)';
    const second = await ended(start());
    expect(second).toMatchObject({ state: 'failed', text: expect.stringContaining('needs a newer Node') });
    expect(second.text).toContain('Nothing was changed.');
    expect(execFileSync(ownProgram(clisDir(), 'fakecli')!, { encoding: 'utf8' })).toBe('1.0.0\n');
    expect(leftovers()).toEqual([]);
  });

  it('can be cancelled; nothing of it goes on and nothing is left', async () => {
    let go: () => void = () => {};
    registry.held = new Promise((resolve) => {
      go = resolve;
    });
    const job = start();
    while (!registry.asked.some((path) => path.endsWith('.tgz')))
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(jobs.cancel(job)).toBe(true);
    expect(await ended(job)).toMatchObject({ state: 'cancelled', text: expect.stringContaining('Cancelled.') });
    go();
    expect([ownProgram(clisDir(), 'fakecli'), leftovers()]).toEqual([null, []]);
  });

  it('shows the words of npm when there is no such package', async () => {
    const job = jobs.start({
      key: 'other',
      title: 'x',
      run: (context) => installCli(installer(), { provider: 'other', npmPackage: '@fake/other' }, context),
    });
    const { state, text } = await ended(job);
    expect(state).toBe('failed');
    expect(text).toMatch(/E404[\s\S]*npm ended with exit code 1\. Nothing was changed\./);
  });

  it('says what to do where there is no npm', async () => {
    const lonely = { ...installer(), findNpm: () => null };
    const job = jobs.start({
      key: 'none',
      title: 'x',
      run: (context) => installCli(lonely, { provider: 'fakecli', npmPackage: '@fake/cli' }, context),
    });
    expect(await ended(job)).toMatchObject({ state: 'failed', text: expect.stringContaining('https://nodejs.org') });
  });

  it('lets install scripts see no secret of ours, and shows none that they print', async () => {
    registry.postinstall = `node -e "console.log('sees ' + Object.values(process.env).join())"; echo ${fakeKey}`;
    const { state, text } = await ended(start({ OPENAI_API_KEY: 'canary-openai', CLAUDECODE: 'canary-mark' }));
    expect(state, text).toBe('done');
    expect(text).toContain('sees ');
    expect(text).not.toMatch(/canary/);
    expect(text).toContain('\n[redacted]\n');
  });

  it('removes what a killed app left of an earlier installation', async () => {
    mkdirSync(join(clisDir(), '.fakecli-building-x/node_modules'), { recursive: true });
    mkdirSync(join(clisDir(), '.othercli-building-x'), { recursive: true });
    await tidyInstallations(clisDir());
    expect(leftovers()).toEqual([]);
    await ended(start());
    expect(readFileSync(join(clisDir(), 'fakecli/package.json'), 'utf8')).toContain('@fake/cli');
  });
});
