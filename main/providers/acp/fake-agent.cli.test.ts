import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
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

function place(
  behaviour = 'works',
  clock = systemClock,
  command = process.execPath,
  args = [fake],
  known?: AcpProvider['known'],
) {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'acp-agent-')));
  const instance = `acp-${process.pid}-${++count}`;
  const variables = { FAKE_AGENT: behaviour, FAKE_AGENT_STORE: join(cwd, 'store.json'), FAKE_API_KEY: key };
  const host = { env: { PATH: process.env.PATH, SOME_TOKEN: 'not-for-agents' }, home: '/nowhere', instance };
  const provider = new AcpProvider({
    ...host,
    ...{ id: 'acp-fake', name: 'Fake Agent', command, args, variables },
    startCli: createStartCli(),
    clock,
    known,
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

  it('goes on with a loaded conversation without telling it again, and says so when it is gone', async () => {
    await run.turn('answer');
    const id = run.of('session')[0]?.provider_session_id ?? null;
    await run.session.close();
    const later = new Run(at, { resume: id });
    runs.push(later);
    await later.turn('Hello');
    expect(later.of('text').map((text) => text.text)).toEqual(['You said: Hello']);
    const lost = new Run(at, { resume: 'never-was' });
    runs.push(lost);
    void lost.turn('Hello');
    expect((await lost.next('resume_lost')).text).toContain('Session not found');
    await lost.next('closed');
    expect(lost.of('text')).toEqual([]);
  });

  it('is told what goes with a prompt in the form it understands: images, texts, and links to the rest', async () => {
    const files = { 'a.png': 'image/png', 'b.txt': 'text/plain', 'c.bin': 'application/octet-stream' };
    const attachments = Object.entries(files).map(([name, media_type]) => {
      const path = join(at.cwd, `kept-${name}`);
      writeFileSync(path, name === 'c.bin' ? Buffer.from([1, 0, 255]) : name);
      return { attachment_id: '0'.repeat(64), name, media_type, bytes: 5, path };
    });
    const said = async (run: Run) => {
      await run.turn('content', attachments);
      const { content } = JSON.parse(run.of('text').at(-1)?.text ?? '{}') as { content: { type: string }[] };
      return content.map((block) => block.type);
    };
    expect(await said(run)).toEqual(['text', 'resource_link', 'resource_link', 'resource_link']);
    expect(await said(begin('rich', {}, systemClock))).toEqual(['text', 'image', 'resource', 'resource_link']);
    rmSync(join(at.cwd, 'kept-a.png'));
    const rich = begin('rich', {}, systemClock);
    expect((await rich.turn('content', attachments)).problem?.message).toContain('could not be read');
    expect(await rich.turn('answer')).toMatchObject({ status: 'completed' });
  });

  it('says in its handshake what it can do, which is known from then on', async () => {
    const { provider } = at;
    const mcp_servers = [{ name: 'tools', url: 'http://127.0.0.1:1/mcp', headers: { authorization: 'Bearer x' } }];
    expect(provider.capabilities).toMatchObject({ images: false, fork: false, set_effort: false, goals: 'words' });
    await run.turn('content');
    expect(provider.capabilities).toMatchObject({ images: false, resume: true, fork: false, set_model: true });
    const rich = begin('rich', { mcp_servers }, systemClock);
    const richly = places.at(-1)!.provider;
    let changes = 0;
    richly.changed.on(() => changes++);
    await rich.turn('content');
    const { tools } = JSON.parse(rich.of('text').at(-1)?.text ?? '{}') as { tools: object[] };
    expect(tools).toEqual([
      {
        type: 'http',
        name: 'tools',
        url: 'http://127.0.0.1:1/mcp',
        headers: [{ name: 'authorization', value: 'Bearer x' }],
      },
    ]);
    expect(changes).toBeGreaterThan(0);
    const { models, capabilities } = await richly.detect();
    const told = { images: true, fork: true, resume: true, mcp_servers: true, goals: 'tools', set_effort: true };
    expect(capabilities).toMatchObject(told);
    expect(models.map((model) => model.efforts)).toEqual([
      ['low', 'high'],
      ['low', 'high'],
    ]);
    // A new one that is told what was learned knows it before it runs.
    const later = place('rich', clock, process.execPath, [fake], richly.known);
    places.push(later);
    expect(later.provider.capabilities).toMatchObject(told);
  });

  it('thinks as long as it is told to, and as it would by itself when that is taken back', async () => {
    const rich = begin('rich', { effort: 'high' }, systemClock);
    const effort = async () => {
      await rich.turn('content');
      return (JSON.parse(rich.of('text').at(-1)?.text ?? '{}') as { effort: string }).effort;
    };
    expect(await effort()).toBe('high');
    rich.session.setEffort('low');
    expect(await effort()).toBe('low');
    rich.session.setEffort(null);
    expect(await effort()).toBe('default');
    rich.session.setEffort('galactic');
    expect(await effort()).toBe('default');
    expect(rich.of('notice').map((notice) => notice.code)).toEqual(['set_effort_failed']);
  });

  it('branches a conversation, and goes on with the branch', async () => {
    const first = begin('rich', {}, systemClock);
    await first.turn('answer');
    const id = first.of('session')[0]?.provider_session_id ?? null;
    const branch = new Run(places.at(-1)!, { resume: id, fork: true });
    runs.push(branch);
    await branch.turn('answer');
    expect(branch.of('session')[0]?.provider_session_id).toBe(`branch-of-${id}`);
  });

  it('tells its slash commands, what its context holds and costs, and that it made room', async () => {
    await run.turn('commands');
    expect(run.of('commands').at(-1)?.commands).toEqual([
      { name: 'compact', description: 'Makes room', hint: '[what to keep]' },
      { name: 'help', description: 'Help' },
    ]);
    expect(run.of('usage')).toEqual([
      expect.objectContaining({ context_tokens: 500, context_window: 1000, cost_usd: 0.25 }),
    ]);
    expect(run.of('compaction')).toHaveLength(1);
    expect(at.provider.capabilities).toMatchObject({
      slash_commands: true,
      context: true,
      cost: true,
      compaction: true,
    });
  });

  it('has what a sub-agent does inside of its call, and its words are not the answer', async () => {
    await run.turn('nested');
    const [agent, sub] = run.of('tool_start');
    expect(sub?.parent_tool_call_id).toBe(agent?.tool_call_id);
    expect(run.of('text').map((text) => text.text)).toEqual(['Done.']);
    expect(run.streamed(agent?.tool_call_id ?? '')).toBe('Found it.');
    expect(at.provider.capabilities.sub_agents).toBe(true);
  });

  it('is answered with the very option that was chosen, and says when it cannot be told more than no', async () => {
    const end = run.turn('command echo never');
    const request = await run.next('approval_request');
    expect(request.options).toEqual([
      { option_id: 'ever', label: 'Always', kind: 'allow_always' },
      { option_id: 'yes', label: 'Yes', kind: 'allow_once' },
      { option_id: 'no', label: 'No', kind: 'reject_once' },
    ]);
    run.session.answer(request.ref, { decision: 'deny', option_id: 'no', message: 'Use make.' });
    await end;
    expect(run.of('text').at(-1)?.text).toBe('As you wish.');
    expect(run.of('notice').map((notice) => notice.code)).toEqual(['refusal_words_not_told']);
  });

  it('has its commands run here once it was allowed, with output as it is printed and the exit code', async () => {
    const end = run.turn('asked echo first; sleep 0.2; echo "[$FAKE_API_KEY]"; exit 3');
    run.session.answer((await run.next('approval_request')).ref, { decision: 'allow_once' });
    await end;
    expect(run.of('approval_request')).toHaveLength(1);
    const [tool] = run.of('tool_end');
    expect(tool).toMatchObject({ status: 'failed', exit_code: 3, output: 'first\n[]\n' });
    expect(run.streamed(tool?.tool_call_id ?? '')).toBe('first\n[]\n');
    expect(JSON.parse(run.of('text').at(-1)?.text ?? '')).toEqual({ output: 'first\n[]\n', exitCode: 3 });
  });

  it('that does not ask before it has a command run is made to wait until somebody does', async () => {
    const end = run.turn('terminal echo made > here; echo done');
    const request = await run.next('approval_request');
    expect(request).toMatchObject({
      kind: 'execute',
      command: 'echo made > here; echo done',
      rule: { match: 'exact' },
    });
    expect(existsSync(join(at.cwd, 'here'))).toBe(false);
    run.session.answer(request.ref, { decision: 'allow_once' });
    await end;
    expect(readFileSync(join(at.cwd, 'here'), 'utf8')).toBe('made\n');
    expect(run.of('tool_end')).toEqual([
      expect.objectContaining({ status: 'completed', exit_code: 0, output: 'done\n' }),
    ]);
    const from = run.events.length;
    const refused = run.turn('terminal touch never');
    run.session.answer((await run.next('approval_request', from)).ref, { decision: 'deny' });
    await refused;
    expect(run.of('text').at(-1)?.text).toBe('It was not run.');
    expect(run.of('tool_end').at(-1)?.status).toBe('denied');
    expect(existsSync(join(at.cwd, 'never'))).toBe(false);
  });

  it('is stopped with the commands that are run for it', async () => {
    const hidden = `(setsid nohup bash -c 'trap "" TERM; touch started; while :; do sleep 1; done' >/dev/null 2>&1 &); sleep 600`;
    await run.turn('answer');
    const end = run.turn(`asked ${hidden}`);
    run.session.answer((await run.next('approval_request')).ref, { decision: 'allow_once' });
    await expect.poll(() => existsSync(join(at.cwd, 'started')), { timeout: 20_000 }).toBe(true);
    run.session.interrupt();
    expect(await end).toMatchObject({ status: 'aborted' });
    expect(running(at.instance)).toHaveLength(1);
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
    ['error -32603 prompt exceeds the context window: too many tokens, limit 1000', 'context_full', 'does not fit'],
    ['error -32603 Internal error: prompt is too long: 210000 tokens > 200000 maximum', 'context_full', 'does not fit'],
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
