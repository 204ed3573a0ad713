import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../base/clock.ts';
import type { ProviderStart } from '../../orchestrator/ports.ts';
import { type ConformanceHarness, providerConformance, Run, type ScenarioName } from '../conformance.ts';
import { brokenLaws } from '../laws.ts';
import { processesOfRuns } from '../process/process-table.ts';
import { createStartCli } from '../process/start-cli.ts';
import { AcpProvider } from './adapter.ts';
import { systemClock } from './replay-test-support.ts';

const fake = fileURLToPath(new URL('./fixtures/fake-agent.mjs', import.meta.url));
const key = 'fake-key-that-must-not-show-0001';
let count = 0;

function place(behaviour = 'works', clock = systemClock, command = process.execPath, args = [fake]) {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'acp-agent-')));
  const instance = `acp-${process.pid}-${++count}`;
  const variables = { FAKE_AGENT: behaviour, FAKE_AGENT_STORE: join(cwd, 'store.json'), FAKE_API_KEY: key };
  const host = { env: { PATH: process.env.PATH, SOME_TOKEN: 'not-for-agents' }, home: '/nowhere', instance };
  const provider = new AcpProvider({
    ...host,
    ...{ id: 'acp-fake', name: 'Fake Agent', command, args, variables },
    startCli: createStartCli(),
    clock,
    times: { killGraceMs: 300, toolGraceMs: 200, toolHoldMs: 50 },
  });
  const dispose = async () => rmSync(cwd, { recursive: true, force: true });
  return { provider, cwd, instance, dispose };
}

const running = (instance: string) => processesOfRuns((runId) => runId.startsWith(`${instance}.`));

const prompts: { readonly [S in ScenarioName]: string } = {
  answer: 'answer',
  edit: 'edit',
  command: 'command mkdir forbidden',
  long: 'long',
  waiting: 'command mkdir later',
  death: 'die',
};

const harness: ConformanceHarness = {
  stage: async (name) => ({ ...place(), prompt: prompts[name], again: 'answer' }),
};

describe.skipIf(process.platform === 'win32')('any ACP agent, as a process', () => providerConformance(harness));

describe.skipIf(process.platform === 'win32')('an ACP agent', () => {
  const places: ReturnType<typeof place>[] = [];
  const runs: Run[] = [];
  const clock = createManualClock();

  function begin(behaviour = 'works', options: Partial<ProviderStart> = {}, time: typeof systemClock = clock): Run {
    const at = place(behaviour, time);
    places.push(at);
    const run = new Run(at, options);
    runs.push(run);
    return run;
  }

  async function failure(run: Run, prompt = 'Hello') {
    const { status, problem } = await run.turn(prompt);
    expect(status).toBe('failed');
    for (const part of [problem?.message, problem?.impact, problem?.next]) expect(part).toBeTruthy();
    return problem!;
  }

  let at: ReturnType<typeof place>;
  let run: Run;
  beforeEach(() => {
    run = begin('works', {}, systemClock);
    at = places[0]!;
  });
  afterEach(async () => {
    for (const one of runs.splice(0)) {
      await one.session.close();
      expect(brokenLaws(one.events, one.prompts)).toEqual([]);
    }
    for (const one of places.splice(0)) {
      expect(running(one.instance)).toEqual([]);
      await one.dispose();
    }
  });

  it('shows thought, plan and text, and what the turn used', async () => {
    await run.turn('answer');
    expect(run.of('reasoning')[0]?.text).toBe('Hm, well.');
    expect(run.of('plan')[0]?.entries).toEqual([{ text: 'Say it', status: 'in_progress' }]);
    expect(run.of('usage')).toEqual([expect.objectContaining({ input_tokens: 5, output_tokens: 2 })]);
    expect(run.of('session')[0]).toMatchObject({ version: '1.2.3', model: 'big' });
  });

  it('writes the file when that is allowed', async () => {
    const end = run.turn('edit');
    const request = await run.next('approval_request');
    expect(request.path).toBe(join(at.cwd, 'a.txt'));
    run.session.answer(request.ref, { decision: 'allow_once' });
    await end;
    expect(readFileSync(join(at.cwd, 'a.txt'), 'utf8')).toBe('one\ntwo\n');
  });

  it('streams the output of a command, and tells its exit code', async () => {
    const end = run.turn('command echo first; sleep 0.2; echo second; exit 3');
    run.session.answer((await run.next('approval_request')).ref, { decision: 'allow_once' });
    await end;
    const [tool] = run.of('tool_end');
    expect(tool).toMatchObject({ status: 'failed', exit_code: 3, output: 'first\nsecond\n' });
    expect(run.streamed(tool?.tool_call_id ?? '')).toBe('first\nsecond\n');
  });

  it('is stopped with the command it runs, also with what hides and is deaf', async () => {
    const hidden = `(setsid nohup bash -c 'trap "" TERM; touch started; while :; do sleep 1; done' >/dev/null 2>&1 &); sleep 600`;
    const end = run.turn(`command ${hidden}`);
    run.session.answer((await run.next('approval_request')).ref, { decision: 'allow_once' });
    await expect.poll(() => existsSync(join(at.cwd, 'started')), { timeout: 20_000 }).toBe(true);
    run.session.interrupt();
    expect(await end).toMatchObject({ status: 'aborted' });
    expect(running(at.instance)).toHaveLength(1);
    expect(await run.turn('answer')).toMatchObject({ status: 'completed' });
  });

  it('keeps parallel tools apart', async () => {
    await run.turn('parallel');
    const titles = new Map(run.of('tool_start').map((tool) => [tool.tool_call_id, tool.title]));
    expect(run.of('tool_end').map((tool) => [titles.get(tool.tool_call_id), tool.output])).toEqual([
      ['Read b', 'content of b'],
      ['Read a', 'content of a'],
    ]);
  });

  it('asks questions by offering more than one way to say yes', async () => {
    const end = run.turn('questions');
    const request = await run.next('approval_request');
    expect(request).toMatchObject({
      kind: 'question',
      rule: null,
      questions: [{ options: [{ label: 'Red' }, { label: 'Blue' }] }],
    });
    run.session.answer(request.ref, { decision: 'allow_once', answers: { 'Which colour?': 'Blue' } });
    await end;
    expect(run.of('text').at(-1)?.text).toBe('It is Blue.');
  });

  it('asks with a form, which is answered in place or declined', async () => {
    const end = run.turn('form');
    const request = await run.next('approval_request');
    expect(request).toMatchObject({ kind: 'question', title: 'Choose.', rule: null });
    expect(
      request.questions?.map((question) => [question.question, question.multiple, question.options.length]),
    ).toEqual([
      ['Colour', false, 2],
      ['Sizes', true, 3],
      ['Sure?', false, 2],
    ]);
    const answers = { Colour: 'Blue', Sizes: 'S, L', 'Sure?': 'Yes' };
    run.session.answer(request.ref, { decision: 'allow_once', answers });
    await end;
    expect(JSON.parse(run.of('text').at(-1)?.text ?? '')).toEqual({
      action: 'accept',
      content: { colour: 'b', sizes: ['S', 'L'], sure: true },
    });
    expect(run.of('tool_end').map((tool) => tool.status)).toEqual(['completed']);
    const from = run.events.length;
    const declined = run.turn('form');
    run.session.answer((await run.next('approval_request', from)).ref, { decision: 'deny' });
    await declined;
    expect(run.of('text').at(-1)?.text).toBe('{"action":"decline"}');
  });

  it('says before it is answered that a yes would be for good', async () => {
    const end = run.turn('for-good');
    const request = await run.next('approval_request');
    expect(request.reason).toContain('for good');
    expect(request.rule).toBeNull();
    run.session.answer(request.ref, { decision: 'deny' });
    await end;
    expect(run.of('text').at(-1)?.text).toBe('You said no.');
  });

  it('goes on with a loaded conversation without telling it again, and begins a new one when it is gone', async () => {
    await run.turn('answer');
    const id = run.of('session')[0]?.provider_session_id ?? null;
    await run.session.close();
    const later = new Run(at, { resume: id });
    runs.push(later);
    await later.turn('Hello');
    expect(later.of('text').map((text) => text.text)).toEqual(['You said: Hello']);
    const lost = new Run(at, { resume: 'never-was' });
    runs.push(lost);
    expect(await lost.turn('Hello')).toMatchObject({ status: 'completed' });
    expect(lost.of('notice').map((notice) => notice.code)).toEqual(['resume_failed']);
  });

  it('is put into the mode that was chosen before it hears the prompt, however it starts', async () => {
    const open = begin('wide-open', { mode: 'ask' }, systemClock);
    await open.turn('answer');
    expect(open.of('text')[0]?.text).toBe('The mode is manual.');
    open.session.setMode('plan');
    await open.turn('answer');
    expect(open.of('text')[1]?.text).toBe('The mode is plan.');
  });

  it('does not work with more freedom than was given', async () => {
    const stubborn = begin('stubborn', { mode: 'ask' }, systemClock);
    expect((await failure(stubborn, 'answer')).message).toContain('permission mode');
    const planless = begin('no-modes', { mode: 'plan' }, systemClock);
    expect((await failure(planless, 'answer')).message).toContain('planning');
    for (const one of [stubborn, planless]) expect(one.of('text')).toEqual([]);
  });

  it('changes its model, or says that it does not', async () => {
    await run.turn('answer');
    expect((await at.provider.detect()).models.map((model) => model.id)).toEqual(['big', 'small']);
    run.session.setModel('nonsense');
    await run.turn('answer');
    expect(run.of('notice').map((notice) => notice.code)).toEqual(['set_model_failed']);
  });

  it('says things nobody knows: they are kept raw, refused where an answer is due, and do no harm', async () => {
    expect(await run.turn('unknown')).toMatchObject({ status: 'completed' });
    expect(run.of('notice').map((notice) => notice.code)).toEqual(['unknown_message', 'unknown_message']);
    expect(run.of('notice')[0]?.raw).toContain('hologram');
  });

  it.each([
    ['stop refusal', 'provider_failed', 'refused'],
    ['stop max_tokens', 'provider_failed', 'limit of length'],
    ['stop max_turn_requests', 'provider_failed', 'steps'],
    ['error -32000 Authentication required', 'provider_not_signed_in', 'not signed in'],
    ['error -32603 API Error: 429 rate limit', 'provider_rate_limited', 'rate'],
    ['error 503 overloaded', 'provider_failed', '503'],
    [
      'error -32603 prompt exceeds the context window: too many tokens, limit 1000',
      'provider_failed',
      'limit of length',
    ],
  ])('ends a turn clearly: %s', async (prompt, code, words) => {
    const problem = await failure(run, prompt);
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(words);
    expect(await run.turn('answer')).toMatchObject({ status: 'completed' });
  });

  it.each([
    ['exits-at-once', 'provider_failed', 'exit code 7'],
    ['garbage-and-exit', 'provider_protocol', 'not the Agent Client Protocol'],
    ['garbage-for-ever', 'provider_protocol', 'does not understand'],
    ['long-line', 'provider_protocol', '64 MB'],
    ['other-version', 'provider_protocol', 'does not understand'],
    ['signed-out', 'provider_not_signed_in', 'not signed in'],
  ])('misbehaves: %s', async (behaviour, code, words) => {
    const bad = begin(behaviour);
    const problem = await failure(bad);
    await bad.next('closed');
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(words);
    expect(JSON.stringify(problem)).not.toContain(key);
  });

  it('writes some garbage before its answer, which is noted and does no harm', async () => {
    const noisy = begin('garbage-first');
    expect(await noisy.turn('answer')).toMatchObject({ status: 'completed' });
    expect(noisy.of('notice')).toEqual([
      expect.objectContaining({ code: 'unreadable_line', raw: 'npm warn something or other' }),
    ]);
  });

  it('hangs before it is ready: the turn can be stopped, and is given up in the end', async () => {
    const hanging = begin('hangs');
    const stopped = hanging.turn('Hello');
    hanging.session.interrupt();
    expect(await stopped).toMatchObject({ status: 'aborted' });
    const lost = hanging.turn('Hello again');
    clock.advance(120_000);
    expect(await lost).toMatchObject({ status: 'failed', problem: { code: 'provider_silent' } });
    await hanging.next('closed');
  });

  it('hangs in a turn, deaf to everything: it is said, and the turn can be stopped', async () => {
    const hanging = begin('hangs-in-turn');
    await hanging.turn('answer');
    const end = hanging.turn('silence');
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(50_000);
    expect(hanging.of('notice').map((notice) => notice.code)).toEqual(['silent']);
    hanging.session.interrupt();
    clock.advance(5000);
    expect(await end).toMatchObject({ status: 'aborted' });
    await hanging.next('closed');
  });

  it('leaves processes that hide: closing the session finds and ends them all', async () => {
    const wild = begin('tree');
    const end = wild.turn('tree');
    const pids = JSON.parse((await wild.next('item_delta')).text) as number[];
    expect(pids).toHaveLength(4);
    await wild.session.close();
    expect((await end).status).toBe('aborted');
    expect(
      pids.filter((pid) => existsSync(`/proc/${pid}`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))),
    ).toEqual([]);
  });

  it('is not there: detection and the turn say so', async () => {
    const gone = place('works', clock, 'no-such-agent-anywhere', []);
    places.push(gone);
    expect(await gone.provider.detect()).toMatchObject({ state: 'not_found', problem: { next: expect.any(String) } });
    const missing = new Run(gone);
    runs.push(missing);
    expect((await failure(missing)).code).toBe('provider_missing');
    await missing.next('closed');
  });

  it('gets its own variables and no other secrets', async () => {
    const end = run.turn('command echo "[$FAKE_API_KEY][$SOME_TOKEN]"');
    run.session.answer((await run.next('approval_request')).ref, { decision: 'allow_once' });
    await end;
    expect(run.of('tool_end')[0]?.output).toBe(`[${key}][]\n`);
  });
});
