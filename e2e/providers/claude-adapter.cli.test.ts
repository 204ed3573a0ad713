import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type ConformanceHarness,
  providerConformance,
  Run,
  type ScenarioName,
  type Stage,
} from '../../main/providers/conformance.ts';
import { brokenLaws } from '../../main/providers/laws.ts';
import {
  allowNext,
  bash,
  claudeBinary,
  expectNothingLeft,
  killAll,
  lastBody,
  type Place,
  place,
  running,
} from './claude-place-test-support.ts';

let binary: string;

beforeAll(async () => {
  binary = await claudeBinary();
}, 600_000);

const prompts: { readonly [S in ScenarioName]: (cwd: string) => string } = {
  answer: () => '[[think: Let me see.]] [[text: The quick brown fox jumps.]]',
  edit: (cwd) => `[[tool: Write {"file_path":"${cwd}/a.txt","content":"one\\ntwo\\n"}]] [[then]] [[text: Written.]]`,
  command: () => '[[tool: Bash {"command":"mkdir forbidden","description":"d"}]] [[then]] [[text: All right.]]',
  long: () => '[[slow: 5000 words, 5 ms]]',
  waiting: () => '[[tool: Bash {"command":"mkdir later","description":"d"}]]',
  death: () => '[[slow: 5000 words, 5 ms]]',
};

const harness: ConformanceHarness = {
  async stage(name) {
    const at = await place();
    const { provider, server, cwd, dispose } = at;
    const answer: Partial<Stage> = {
      again: '[[text: Still here.]]',
      sawImage: (base64) => JSON.stringify(lastBody(server)).includes(base64),
      effort: { level: 'low', reached: () => JSON.stringify(lastBody(server).output_config).includes('"low"') },
      unknownSession: '11111111-1111-4111-8111-111111111111',
      branches: true,
    };
    const more = name === 'death' ? { kill: () => killAll(at) } : name === 'answer' ? answer : {};
    return { provider, cwd, prompt: prompts[name](cwd), dispose, ...more };
  },
};

describe('the adapter on the real Claude Code', { timeout: 60_000 }, () => providerConformance(harness));

describe('the real Claude Code', { timeout: 60_000 }, () => {
  let at: Place;
  let run: Run;

  beforeEach(async () => {
    at = await place();
    run = new Run(at);
  });
  afterEach(async () => {
    await run.session.close();
    await expectNothingLeft(at);
    expect(brokenLaws(run.events, run.prompts)).toEqual([]);
    await at.dispose();
  });

  it('is found, with its version and how it is signed in', async () => {
    expect(await at.provider.detect()).toMatchObject({
      state: 'ready',
      path: binary,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      account: 'API key',
    });
  });

  it('is told apart from one that is not signed in', async () => {
    const out = await place({ ANTHROPIC_API_KEY: undefined });
    try {
      expect(await out.provider.detect()).toMatchObject({
        state: 'not_signed_in',
        problem: { command: 'claude auth login' },
      });
      const unsigned = new Run(out);
      expect((await unsigned.turn('Hello')).problem?.code).toBe('provider_not_signed_in');
      await unsigned.session.close();
    } finally {
      await out.dispose();
    }
  });

  it('tells its models once a conversation was begun', async () => {
    await run.turn('[[text: Hi.]]');
    const models = (await at.provider.detect()).models.map((model) => model.id);
    expect(models).toEqual(expect.arrayContaining(['default', 'opus', 'haiku']));
  });

  it('hands on the first words while the rest is still held back', async () => {
    const end = run.turn('[[text: Before the gate.]] [[wait: middle]] [[text: After it.]]');
    const first = await run.next('text');
    expect(first.text).toBe('Before the gate.');
    expect(run.of('turn_end')).toEqual([]);
    at.server.open('middle');
    expect(await end).toMatchObject({ status: 'completed' });
  });

  it('writes the file when that is allowed, and runs the command with its output and exit code', async () => {
    const writes = run.turn(prompts.edit(at.cwd));
    await allowNext(run);
    await writes;
    expect(readFileSync(join(at.cwd, 'a.txt'), 'utf8')).toBe('one\ntwo\n');
    const before = run.events.length;
    const runs = run.turn(`${bash('cat a.txt; exit 3')} [[then]] [[text: ok]]`);
    await allowNext(run, before);
    await runs;
    expect(run.of('tool_end').at(-1)).toMatchObject({ status: 'failed', exit_code: 3, output: 'one\ntwo' });
  });

  it.runIf(existsSync('/proc'))('is stopped with all that the turn started, and with nothing else', async () => {
    const background = run.turn(
      `${bash('exec perl -e "sleep 600"', { run_in_background: true })} [[then]] [[text: ok]]`,
    );
    await allowNext(run);
    await background;
    const kept = running(at.instance).map((process) => process.pid);

    const before = run.events.length;
    const hidden = `(setsid nohup bash -c 'trap "" TERM; touch started; while :; do perl -e "sleep 1"; done' >/dev/null 2>&1 &); perl -e "sleep 600"`;
    const stopped = run.turn(bash(hidden));
    await allowNext(run, before);
    await expect.poll(() => existsSync(join(at.cwd, 'started')), { timeout: 20_000 }).toBe(true);
    expect(running(at.instance).length).toBeGreaterThan(kept.length);
    run.session.interrupt();
    expect(await stopped).toMatchObject({ status: 'aborted' });
    expect(
      running(at.instance)
        .map((process) => process.pid)
        .sort(),
    ).toEqual(kept.sort());

    expect(await run.turn('[[text: Still here.]]')).toMatchObject({ status: 'completed' });
  });

  it('takes a message into the running turn, and one that comes too late for it as its last part', async () => {
    const end = run.turn('[[text: First.]] [[wait: steer]]');
    await run.next('text');
    expect(run.session.steer('[[text: Second.]]')).toBe(true);
    at.server.open('steer');
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('text').map((text) => text.text)).toEqual(['First.', 'Second.']);
  });

  it('does not go on with a message that was put into a stopped turn', async () => {
    const end = run.turn('[[slow: 5000 words, 5 ms]]');
    await run.next('item_delta');
    run.session.steer('[[text: Must not come.]]');
    run.session.interrupt();
    expect(await end).toMatchObject({ status: 'aborted' });
    expect(await run.turn('[[text: After.]]')).toMatchObject({ status: 'completed' });
    expect(run.of('text').map((text) => text.text)).not.toContain('Must not come.');
  });

  it('is stopped at the first refusal of its credential, and goes on after', async () => {
    const { status, problem } = await run.turn('[[error: 401]]');
    expect([status, problem?.code]).toEqual(['failed', 'provider_not_signed_in']);
    expect(await run.turn('[[text: Now.]]')).toMatchObject({ status: 'completed' });
  });

  it('voids half an answer whose stream broke, and gives the whole one', async () => {
    const end = run.turn('[[part: Half of]] [[wait: heard]] [[cut: x1]] [[text: it.]]');
    await run.next('item_delta');
    at.server.open('heard');
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('item_replace')).toEqual([expect.objectContaining({ kind: 'text', text: '' })]);
    const text = run.of('text').at(-1);
    // Older versions give it without deltas.
    expect(['', text?.text]).toContain(run.streamed(text?.item_id ?? ''));
  });

  it('says what it is waiting for when the provider limits it', async () => {
    expect(await run.turn('[[error: 429 x1 {"headers":{"retry-after":"1"}}]] [[text: ok]]')).toMatchObject({
      status: 'completed',
    });
    expect(run.of('notice').map((notice) => notice.code)).toEqual(['api_retry']);
  });

  it('leaves planning when its plan is allowed', async () => {
    run.session.setMode('plan');
    const end = run.turn('[[tool: ExitPlanMode {"plan":"1. do it"}]] [[then]] [[text: Done.]]');
    const request = await run.next('approval_request');
    expect(request).toMatchObject({ kind: 'plan', input: { plan: '1. do it' }, rule: null });
    run.session.answer(request.ref, { decision: 'allow_once' });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('mode')).toEqual([{ type: 'mode', mode: 'ask' }]);
  });

  it('gets the answers to its questions', async () => {
    const questions = [
      {
        question: 'Which?',
        header: 'H',
        multiSelect: false,
        options: [
          { label: 'A', description: 'a' },
          { label: 'B', description: 'b' },
        ],
      },
    ];
    const end = run.turn(`[[tool: AskUserQuestion ${JSON.stringify({ questions })}]] [[then]] [[results]]`);
    const request = await run.next('approval_request');
    run.session.answer(request.ref, { decision: 'allow_once', answers: { 'Which?': 'B' } });
    await end;
    expect(run.of('text').at(-1)?.text).toContain('"Which?"="B"');
  });

  it('does not run on by itself when a background command ends', async () => {
    const end = run.turn(`${bash('perl -e "sleep 1"', { run_in_background: true })} [[then]] [[text: Begun.]]`);
    await allowNext(run);
    await end;
    const from = run.events.length;
    const notice = await run.next('notice', from);
    expect(notice.code).toBe('background_ended');
    expect(await run.turn('[[text: Asked.]]')).toMatchObject({ status: 'completed' });
    expect(run.events.slice(from).filter((event) => event.type === 'text')).toEqual([
      expect.objectContaining({ text: 'Asked.' }),
    ]);
  });
});
