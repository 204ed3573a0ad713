import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../base/clock.ts';
import { Run } from '../conformance.ts';
import { brokenLaws } from '../laws.ts';
import { createStartCli } from '../process/start-cli.ts';
import { ClaudeProvider } from './adapter.ts';

const fake = fileURLToPath(new URL('./fixtures/fake-claude.mjs', import.meta.url));
const key = 'sk-ant-api03-not-a-real-key-0001';

describe.skipIf(process.platform === 'win32')('a Claude Code that misbehaves', () => {
  let folder: string;
  const clock = createManualClock();
  const runs: Run[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bad-cli-'));
  });
  afterEach(async () => {
    await Promise.all(runs.splice(0).map((run) => run.session.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  function provider(behaviour: string, path = fake, time: Parameters<typeof createStartCli>[0] = {}) {
    const env = {
      PATH: process.env.PATH,
      FAKE_CLAUDE: behaviour,
      QUARTERDECK_CLAUDE_PATH: path,
      ANTHROPIC_API_KEY: key,
    };
    const times = { killGraceMs: 300, toolGraceMs: 100 };
    return new ClaudeProvider({ env, home: folder, instance: 'bad-cli', startCli: createStartCli(time), clock, times });
  }

  function begin(behaviour: string, path?: string, cwd = folder): Run {
    const run = new Run({ provider: provider(behaviour, path), cwd });
    runs.push(run);
    return run;
  }

  async function failure(run: Run) {
    const end = await run.turn('Hello');
    await run.next('closed');
    expect(end.status).toBe('failed');
    expect(end.problem?.next).toBeTruthy();
    expect(brokenLaws(run.events, 1)).toEqual([]);
    return end.problem!;
  }

  it('answers, to begin with, when it behaves', async () => {
    const run = begin('works');
    expect(await run.turn('Hello')).toMatchObject({ status: 'completed' });
    expect(run.of('text').map((text) => text.text)).toEqual(['Hello.']);
  });

  it('is not there', async () => {
    const problem = await failure(begin('works', join(folder, 'nowhere')));
    expect(problem).toMatchObject({ code: 'provider_missing', detail: expect.stringContaining('ENOENT') });
  });

  it('may not be executed', async () => {
    const path = join(folder, 'claude');
    writeFileSync(path, '#!/bin/sh\n');
    chmodSync(path, 0o644);
    const problem = await failure(begin('works', path));
    expect(problem).toMatchObject({
      code: 'provider_missing',
      message: expect.stringContaining(path),
      detail: `EACCES ${path}`,
    });
    expect(problem.next).toContain('chmod +x');
  });

  it('is a script whose interpreter is not there', async () => {
    const path = join(folder, 'claude');
    writeFileSync(path, '#!/no/such/interpreter\n');
    chmodSync(path, 0o755);
    expect(await failure(begin('works', path))).toMatchObject({ code: 'provider_missing' });
  });

  it('is asked to work in a folder that is gone', async () => {
    const problem = await failure(begin('works', fake, join(folder, 'gone')));
    expect(problem).toMatchObject({ code: 'folder_missing', message: expect.stringContaining(join(folder, 'gone')) });
  });

  it('exits at once: its words are shown, its key is not', async () => {
    const problem = await failure(begin('exits-at-once'));
    expect(problem).toMatchObject({ code: 'provider_failed', message: expect.stringContaining('exit code 7') });
    expect(problem.detail).toContain('fatal: cannot start with key');
    expect(JSON.stringify(problem)).not.toContain(key);
  });

  it('writes only garbage and ends', async () => {
    const problem = await failure(begin('garbage-and-exit'));
    expect(problem).toMatchObject({ code: 'provider_protocol', detail: expect.stringContaining('Segmentation fault') });
  });

  it('writes garbage without end', async () => {
    expect(await failure(begin('garbage-for-ever'))).toMatchObject({ code: 'provider_protocol' });
  });

  it('writes some garbage before its answer, which is noted and does no harm', async () => {
    const run = begin('garbage-first');
    expect(await run.turn('Hello')).toMatchObject({ status: 'completed' });
    expect(run.of('notice')).toEqual([
      expect.objectContaining({ code: 'unreadable_line', raw: 'npm warn something or other' }),
    ]);
  });

  it('writes a line of 100 MB: it is ended at the limit, and never more than that is kept', async () => {
    const run = begin('long-line');
    const problem = await failure(run);
    expect(problem).toMatchObject({ code: 'provider_protocol', message: expect.stringContaining('64 MB') });
  });

  it('speaks another protocol', async () => {
    const problem = await failure(begin('other-protocol'));
    expect(problem).toMatchObject({ code: 'provider_protocol', detail: expect.stringContaining('jsonrpc') });
  });

  it('dies in the middle of an answer', async () => {
    const run = begin('dies');
    expect(await failure(run)).toMatchObject({ code: 'provider_failed', message: expect.stringContaining('SIGKILL') });
    expect(run.of('item_delta').map((delta) => delta.text)).toEqual(['Hel']);
  });

  it('does not read what it is told: the turn can be stopped', async () => {
    const run = begin('deaf');
    const end = run.turn('x'.repeat(400_000));
    run.session.interrupt();
    clock.advance(5000);
    expect(await end).toMatchObject({ status: 'aborted' });
  });

  it('hangs, deaf to interrupt and SIGTERM: the turn can be stopped', async () => {
    const run = begin('hangs');
    const end = run.turn('Hello');
    run.session.interrupt();
    clock.advance(5000);
    expect(await end).toMatchObject({ status: 'aborted' });
    await run.next('closed');
  });

  it('hangs: after ten minutes without a word the turn is given up', async () => {
    const run = begin('hangs');
    const end = run.turn('Hello');
    clock.advance(600_000);
    expect(await end).toMatchObject({ status: 'failed', problem: { code: 'provider_silent' } });
  });

  it.runIf(existsSync('/proc'))('leaves processes that hide: closing the session finds and ends them all', async () => {
    const run = begin('tree');
    void run.turn('Hello');
    const pids = JSON.parse((await run.next('item_delta')).text) as number[];
    expect(pids.filter(isRunning)).toEqual(pids);
    await run.session.close();
    expect(pids.filter(isRunning)).toEqual([]);
  });

  it('is not ready: detection says what it is and what to do, in each case', async () => {
    const states = await Promise.all(
      ['works', 'max', 'signed-out', 'auth-garbage', 'old', 'no-version', 'version-fails'].map(async (behaviour) => {
        const { state, version, account, problem } = await provider(behaviour).detect();
        if (state !== 'ready') expect(problem?.next, behaviour).toBeTruthy();
        return [behaviour, state, version, account, problem?.command];
      }),
    );
    expect(states).toEqual([
      ['works', 'ready', '2.1.328', 'API key', undefined],
      ['max', 'ready', '2.1.328', 'Claude Max', undefined],
      ['signed-out', 'not_signed_in', '2.1.328', undefined, 'claude auth login'],
      ['auth-garbage', 'ready', '2.1.328', undefined, undefined],
      ['old', 'too_old', '1.0.44', undefined, 'claude update'],
      ['no-version', 'broken', undefined, undefined, 'npm install -g @anthropic-ai/claude-code'],
      ['version-fails', 'broken', undefined, undefined, 'npm install -g @anthropic-ai/claude-code'],
    ]);
  });

  it('does not answer: detection gives up after seconds', async () => {
    const { state, problem } = await provider('version-hangs').detect();
    expect(state).toBe('broken');
    expect(problem?.message).toContain('no answer in 5 s');
  });

  it('is not installed: detection says so with the command that installs it', async () => {
    const env = { PATH: folder };
    const host = { env, home: folder, instance: 'bad-cli', startCli: createStartCli(), clock };
    const { state, path, problem } = await new ClaudeProvider(host).detect();
    // A machine that runs these tests may have it in a place that every user shares.
    if (path === undefined)
      expect([state, problem?.command]).toEqual(['not_found', 'npm install -g @anthropic-ai/claude-code']);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readStatus(pid));
  } catch {
    return false;
  }
}

function readStatus(pid: number): string {
  return process.getBuiltinModule('node:fs').readFileSync(`/proc/${pid}/status`, 'utf8');
}
