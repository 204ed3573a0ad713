import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../base/clock.ts';
import { Run } from '../conformance.ts';
import { brokenLaws } from '../laws.ts';
import { processesOfRuns } from '../process/process-table.ts';
import { createStartCli } from '../process/start-cli.ts';
import { CodexProvider } from './adapter.ts';

const fake = fileURLToPath(new URL('./fixtures/fake-codex.mjs', import.meta.url));
const key = 'sk-proj-not-a-real-key-0001';

describe.skipIf(process.platform === 'win32')('a Codex that misbehaves', () => {
  let folder: string;
  let clock: ReturnType<typeof createManualClock>;
  const runs: Run[] = [];
  const providers: CodexProvider[] = [];
  const running = () => processesOfRuns((runId) => runId.startsWith('bad-codex.'));

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'bad-codex-')));
    writeFileSync(join(folder, 'config.toml'), '[model_providers.x]\nenv_key = "SOME_API_KEY"\n');
    clock = createManualClock();
  });
  afterEach(async () => {
    await Promise.all(runs.splice(0).map((run) => run.session.close()));
    await Promise.all(providers.splice(0).map((one) => one.settled()));
    expect(running()).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  });

  function provider(behaviour: string, path = fake) {
    const env = {
      PATH: process.env.PATH,
      CODEX_HOME: folder,
      FAKE_CODEX: behaviour,
      QUARTERDECK_CODEX_PATH: path,
      SOME_API_KEY: key,
    };
    const times = { killGraceMs: 300, toolGraceMs: 100 };
    const made = new CodexProvider({
      env,
      home: folder,
      instance: 'bad-codex',
      startCli: createStartCli(),
      clock,
      times,
    });
    providers.push(made);
    return made;
  }

  function begin(behaviour: string, path?: string, cwd = folder, from = provider(behaviour, path)): Run {
    const run = new Run({ provider: from, cwd });
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
    const path = join(folder, 'codex');
    writeFileSync(path, '#!/bin/sh\n');
    chmodSync(path, 0o644);
    const problem = await failure(begin('works', path));
    expect(problem).toMatchObject({ code: 'provider_missing', detail: `EACCES ${path}` });
    expect(problem.next).toContain('chmod +x');
  });

  it('is a script whose interpreter is not there', async () => {
    const path = join(folder, 'codex');
    writeFileSync(path, '#!/no/such/interpreter\n');
    chmodSync(path, 0o755);
    expect(await failure(begin('works', path))).toMatchObject({ code: 'provider_missing' });
  });

  it('is asked to work in a folder that is gone', async () => {
    const run = begin('works', fake, join(folder, 'gone'));
    const { status, problem } = await run.turn('Hello');
    expect(status).toBe('failed');
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

  it('writes some garbage before its answer, which does no harm', async () => {
    const run = begin('garbage-first');
    expect(await run.turn('Hello')).toMatchObject({ status: 'completed' });
  });

  it('writes a line without end: it is ended at the limit', async () => {
    const problem = await failure(begin('long-line'));
    expect(problem).toMatchObject({ code: 'provider_protocol', message: expect.stringContaining('64 MB') });
  });

  it('speaks another protocol, and then nothing: it is given up', async () => {
    const run = begin('another-protocol');
    const end = failure(run);
    await expect.poll(() => running().length, { timeout: 10_000 }).toBeGreaterThan(0);
    const given = () => {
      clock.advance(600_000);
      return run.of('turn_end').length;
    };
    await expect.poll(given, { timeout: 10_000 }).toBe(1);
    expect(await end).toMatchObject({ code: expect.stringMatching(/provider_(protocol|silent)/) });
  });

  it('says nothing at all: a notice first, then the turn is given up', async () => {
    const run = begin('silent');
    const end = failure(run);
    clock.advance(60_000);
    expect(run.of('notice').map((notice) => notice.code)).toEqual(['silent']);
    clock.advance(600_000);
    expect(await end).toMatchObject({ code: 'provider_silent' });
  });

  it('does not read what it is told, and is still ended', async () => {
    const run = begin('deaf');
    const end = run.turn('Hello');
    run.session.interrupt();
    clock.advance(5000);
    expect(await end).toMatchObject({ status: 'aborted' });
  });

  it('tells its models before the first conversation, and nothing of the question is left', async () => {
    const one = provider('works');
    expect((await one.detect()).models).toEqual([]);
    await one.settled();
    expect(running()).toEqual([]);
    expect((await one.detect()).models).toEqual([{ id: 'fake', name: 'Fake' }]);
  });

  it('refuses the handshake', async () => {
    const problem = await failure(begin('refuses-handshake'));
    expect(problem).toMatchObject({ code: 'provider_protocol', detail: expect.stringContaining('client too old') });
  });

  it('refuses to open a thread: its own words are shown, and the next prompt tries again', async () => {
    const run = begin('refuses-thread');
    for (const _ of [1, 2]) {
      const { status, problem } = await run.turn('Hello');
      expect([status, problem?.detail]).toEqual(['failed', 'config.toml: broken at line 3']);
    }
    expect(brokenLaws(run.events, 2)).toEqual([]);
  });

  it('dies in the middle of an answer; what had come is kept', async () => {
    const run = begin('dies');
    expect(await failure(run)).toMatchObject({
      code: 'provider_failed',
      message: expect.stringContaining('exit code 9'),
    });
    expect(run.of('text').map((text) => text.text)).toEqual(['Hel']);
  });

  it('dies and leaves a process behind, which is ended', async () => {
    await failure(begin('leaves-a-child'));
    expect(running()).toEqual([]);
  });

  it('does not stop when it is told to: it is ended', async () => {
    const run = begin('ignores-interrupt');
    const end = run.turn('Hello');
    await run.next('item_delta');
    run.session.interrupt();
    clock.advance(5000);
    expect(await end).toMatchObject({ status: 'aborted' });
    await run.next('closed');
  });

  it('does not stop when it is told to, while another conversation works on it: that one is not touched', async () => {
    const shared = provider('ignores-interrupt');
    const [run, neighbour] = [begin('', fake, folder, shared), begin('', fake, folder, shared)];
    const end = run.turn('Hello');
    await run.next('item_delta');
    void neighbour.turn('Hello');
    run.session.interrupt();
    clock.advance(5000);
    expect(await end).toMatchObject({ status: 'aborted' });
    await run.next('closed');
    expect(neighbour.of('turn_end')).toEqual([]);
    neighbour.session.interrupt();
    clock.advance(5000);
    await neighbour.next('turn_end');
  });

  it('says things nobody knows: each kind is told once, asked for nothing, and the answer comes through', async () => {
    const run = begin('unknown');
    expect(await run.turn('Hello')).toMatchObject({ status: 'completed' });
    expect(run.of('notice').map((notice) => notice.code)).toEqual([
      'unknown_message',
      'unknown_message',
      'request_refused',
    ]);
    expect(run.of('text').map((text) => text.text)).toEqual(['Hello.']);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });

  it.each([
    ['works', { state: 'ready', version: '0.169.0', account: 'API key' }],
    ['chatgpt', { state: 'ready', account: 'ChatGPT' }],
    ['login-garbage', { state: 'ready' }],
    ['old', { state: 'too_old', version: '0.42.0' }],
    ['no-version', { state: 'broken' }],
    ['version-fails', { state: 'broken' }],
  ])('is detected as what it is: %s', async (behaviour, expected) => {
    const found = await provider(behaviour).detect();
    expect(found).toMatchObject(expected);
    expect(JSON.stringify(found)).not.toContain('ABCDE');
    if (found.state !== 'ready') expect(found.problem?.next).toBeTruthy();
  });
});
