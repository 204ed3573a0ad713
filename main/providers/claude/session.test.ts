import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../base/canonical-json.ts';
import { createManualClock } from '../../base/clock.ts';
import type { ProviderStart } from '../../orchestrator/ports.ts';
import type { TurnId } from '../../protocol/ids.ts';
import { Run } from '../conformance.ts';
import { brokenLaws } from '../laws.ts';
import { ClaudeProvider } from './adapter.ts';
import { type Row, recording, replay, replayHost } from './replay-test-support.ts';

const outs = (...lines: object[]): Row[] =>
  lines.map((msg) => ({ dir: 'out', msg: msg as { [name: string]: unknown } }));
const prompted: Row = { dir: 'in', msg: { type: 'user', uuid: 'prompt-id' } };
const init = { type: 'system', subtype: 'init', session_id: 's-1', permissionMode: 'default' };
const done = { type: 'result', is_error: false, usage: { input_tokens: 1, output_tokens: 1 } };
const says = (id: string, text: string) => ({ type: 'assistant', message: { id, content: [{ type: 'text', text }] } });
const lifecycle = (command_uuid: string, state: string) => ({ type: 'command_lifecycle', command_uuid, state });
/** From the prompt on. */
const afterPrompt = (rows: Row[]) =>
  rows.slice(rows.findIndex((row) => 'msg' in row && row.dir === 'in' && row.msg.type === 'user'));
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

function stage(rows: Row[][], options: Partial<ProviderStart> = {}) {
  const cli = replay(...rows);
  const clock = createManualClock();
  const provider = new ClaudeProvider({ ...replayHost(cli.startCli), clock });
  const run = new Run({ provider, cwd: '/project' }, options);
  const controls = (subtype: string) =>
    cli.written.filter((line) => (line.request as { subtype?: string } | undefined)?.subtype === subtype);
  const answers = () => cli.written.filter((line) => line.type === 'control_response');
  return { cli, clock, run, provider, controls, answers };
}

describe('starting', () => {
  it('starts the CLI before there is a prompt, and says nothing of the prompt on the command line', async () => {
    const { cli, run } = stage([[prompted, ...outs(init, says('m', 'Hi.'), done)]], { model: 'opus', mode: 'full' });
    expect(cli.launches).toHaveLength(1);
    await run.turn('a secret');
    const { args, env } = cli.launches[0]!;
    expect(args.join(' ')).not.toContain('secret');
    expect(args).toEqual(expect.arrayContaining(['--permission-mode', 'default', '--model', 'opus', '--session-id']));
    expect(env.QUARTERDECK_RUN_ID).toMatch(/^test\./);
  });

  it('resumes the conversation it is given', () => {
    const { cli } = stage([[]], { resume: 'abc-1' });
    expect(cli.launches[0]?.args).toEqual(expect.arrayContaining(['--resume', 'abc-1']));
    expect(cli.launches[0]?.args).not.toContain('--session-id');
  });

  it('does not let a model name become another option', () => {
    const { cli } = stage([[]], { model: '--dangerously-skip-permissions' });
    expect(cli.launches[0]?.args).not.toContain('--dangerously-skip-permissions');
  });

  describe('when the conversation to resume is not there any more', () => {
    const errors = ['No conversation found with session ID: gone'];
    const lost = [
      ...outs({ type: 'result', subtype: 'error_during_execution', is_error: true, errors }),
      { exit: 1 } as Row,
    ];

    it('says so instead of an answer, starts nothing, and is gone', async () => {
      const { cli, run } = stage([lost], { resume: 'gone' });
      run.prompts += 1;
      run.session.prompt({ turn_id: 'turn_1' as TurnId, text: 'Hello', attachments: [] });
      await run.next('closed');
      expect(run.events.map((event) => event.type)).toEqual(['resume_lost', 'closed']);
      expect(cli.launches).toHaveLength(1);
      expect(cli.written.filter((line) => line.type === 'user')).toHaveLength(1);
      expect(brokenLaws(run.events, 1)).toEqual([]);
    });

    it('says so at the first prompt when it was found out before', async () => {
      const { run } = stage([lost], { resume: 'gone' });
      await tick();
      await tick();
      await tick();
      expect(run.events).toEqual([]);
      run.session.prompt({ turn_id: 'turn_1' as TurnId, text: 'Hello', attachments: [] });
      expect(run.events).toEqual([]);
      await run.next('closed');
      expect(run.events.map((event) => event.type)).toEqual(['resume_lost', 'closed']);
    });

    it('starts nothing for what cannot be the id of one', async () => {
      const { cli, run } = stage([[]], { resume: '--dangerously-skip-permissions' });
      expect(cli.launches).toEqual([]);
      run.session.prompt({ turn_id: 'turn_1' as TurnId, text: 'Hello', attachments: [] });
      await run.next('closed');
      expect(run.events.map((event) => event.type)).toEqual(['resume_lost', 'closed']);
    });
  });

  it('does not run anything twice when the conversation is lost in the middle', async () => {
    const errors = ['No conversation found with session ID: gone'];
    const rows = [prompted, ...outs(says('m', 'Hi.'), { type: 'result', is_error: true, errors }), { exit: 1 }];
    const { cli, run } = stage([rows], { resume: 'gone' });
    expect(await run.turn('Hello')).toMatchObject({ status: 'failed' });
    expect(cli.launches).toHaveLength(1);
  });

  it('starts the CLI again for a prompt that comes while the end of the last turn is told', async () => {
    const { cli, run } = stage([
      [prompted, { exit: 1 }],
      [prompted, ...outs(init, says('m', 'Hi.'), done)],
    ]);
    const first = run.turn('one');
    const second = first.then(() => run.turn('two'));
    // What the orchestrator does: the next prompt comes out of the very call that told the end.
    expect(await first).toMatchObject({ status: 'failed' });
    expect((await second).status).toBe('completed');
    expect(cli.launches).toHaveLength(2);
  });
});

describe('steering', () => {
  it('counts a message that the CLI answers after its result to the same turn', async () => {
    const rows = [
      prompted,
      ...outs(lifecycle('prompt-id', 'queued'), lifecycle('prompt-id', 'started'), init, says('m1', 'First.')),
      { dir: 'in', msg: { type: 'user', uuid: 'steer-id' } } as Row,
      ...outs(
        lifecycle('steer-id', 'queued'),
        done,
        lifecycle('steer-id', 'started'),
        init,
        says('m2', 'Second.'),
        done,
      ),
    ];
    const { run } = stage([rows]);
    const end = run.turn('Go');
    await run.next('text');
    expect(run.session.steer('And this')).toBe(true);
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('text').map((text) => text.text)).toEqual(['First.', 'Second.']);
    expect(run.of('usage')).toEqual([expect.objectContaining({ input_tokens: 2, output_tokens: 2 })]);
  });

  it('is folded into the turn when a tool round follows', async () => {
    const { run } = stage([recording('steer')]);
    const end = run.turn('Go');
    const request = await run.next('approval_request');
    run.session.answer(request.ref, { decision: 'allow_once' });
    await tick();
    expect(run.session.steer('Please hurry.')).toBe(true);
    expect(await end).toMatchObject({ status: 'completed' });
  });

  it('is refused by a CLI that does not tell what becomes of a message: it could be lost', async () => {
    const { run } = stage([[prompted, ...outs(init, says('m1', 'First.'))]]);
    void run.turn('Go');
    await run.next('text');
    expect(run.session.steer('And this')).toBe(false);
  });

  it('is refused when no turn runs, and when the turn is being stopped', async () => {
    const { run } = stage([[prompted, ...outs(init)]]);
    expect(run.session.steer('x')).toBe(false);
    void run.turn('Go');
    run.session.interrupt();
    expect(run.session.steer('x')).toBe(false);
  });
});

describe('a turn that failed by itself', () => {
  it('keeps what it began in the background; one that was stopped does not', async () => {
    const tool = {
      type: 'assistant',
      message: { id: 'm', content: [{ type: 'tool_use', id: 't', name: 'Bash', input: {} }] },
    };
    const failed = { type: 'result', is_error: true, terminal_reason: 'api_error', api_error_status: 500 };
    for (const [result, looks] of [
      [failed, 0],
      [{ ...failed, terminal_reason: 'aborted_tools' }, 1],
    ] as const) {
      const { run, cli } = stage([[prompted, ...outs(init, tool, result)]]);
      await run.turn('Go');
      expect(cli.looks()).toBe(looks);
    }
  });
});

describe('a turn that nobody asked for', () => {
  it('is stopped, noted, and its end is not taken for the end of the next prompt', async () => {
    const rows = [...outs(init, says('m0', 'On my own.')), prompted, ...outs(done, says('m1', 'Asked.'), done)];
    const { run, controls } = stage([rows]);
    await tick();
    expect(controls('interrupt')).toHaveLength(1);
    expect(await run.turn('Go')).toMatchObject({ status: 'completed' });
    expect(run.of('text').map((text) => text.text)).toEqual(['Asked.']);
    expect(run.of('notice').map((notice) => notice.code)).toEqual(['background_ended']);
  });
});

describe('stopping', () => {
  it('ends the process when the CLI does not react to the interrupt in time', async () => {
    const { run, clock, controls } = stage([[prompted, ...outs(init)]]);
    const end = run.turn('Go');
    await tick();
    run.session.interrupt();
    expect(controls('interrupt')).toEqual([
      expect.objectContaining({ request: { subtype: 'interrupt', cancel_queued: true } }),
    ]);
    clock.advance(5000);
    expect(await end).toEqual({ type: 'turn_end', status: 'aborted' });
    await run.next('closed');
  });

  it('says completed when the turn was done in the very moment it was stopped', async () => {
    const { run } = stage([
      [
        prompted,
        ...outs(init),
        { dir: 'in', msg: { type: 'control_request', request: { subtype: 'interrupt' } } },
        ...outs(done),
      ],
    ]);
    const end = run.turn('Go');
    await tick();
    run.session.interrupt();
    expect(await end).toMatchObject({ status: 'completed' });
  });

  it('takes what was put in out of the CLI’s queue too', async () => {
    const [, ...rest] = afterPrompt(recording('interrupt-with-queued'));
    const told = outs(lifecycle('prompt-id', 'queued'), lifecycle('prompt-id', 'started'));
    const { run } = stage([[prompted, ...told, ...rest]]);
    const end = run.turn('Go');
    await run.next('item_delta');
    expect(run.session.steer('later')).toBe(true);
    await tick();
    run.session.interrupt();
    // This CLI did not drop it and would go on with it, so it is ended.
    expect(await end).toMatchObject({ status: 'aborted' });
    await run.next('closed');
  });
});

describe('sign-in', () => {
  it('is not tried ten times: the turn is stopped at the first refusal, with what to do', async () => {
    const retry = {
      type: 'system',
      subtype: 'api_retry',
      attempt: 1,
      error_status: 401,
      error: 'authentication_failed',
    };
    const interrupt: Row = { dir: 'in', msg: { type: 'control_request', request: { subtype: 'interrupt' } } };
    const aborted = { type: 'result', is_error: true, terminal_reason: 'aborted_streaming' };
    const { run } = stage([[prompted, ...outs(init, retry), interrupt, ...outs(aborted)]]);
    const { status, problem } = await run.turn('Go');
    expect(status).toBe('failed');
    expect(problem).toMatchObject({
      code: 'provider_not_signed_in',
      next: expect.stringContaining('claude auth login'),
    });
  });
});

describe('silence', () => {
  const minutes = 60_000;

  it('is noted once, and again after the next word', async () => {
    const { run, clock } = stage([[prompted, ...outs(init)]]);
    void run.turn('Go');
    await tick();
    clock.advance(3 * minutes);
    expect(run.of('notice').map((notice) => notice.code)).toEqual(['silent']);
    expect(run.of('turn_end')).toEqual([]);
  });

  it('ends the turn when nothing ever came', async () => {
    const { run, clock } = stage([[]]);
    const end = run.turn('Go');
    await tick();
    clock.advance(10 * minutes);
    const { status, problem } = await end;
    expect([status, problem?.code]).toEqual(['failed', 'provider_silent']);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });

  it('is called another language when only unknown lines came', async () => {
    const { run, clock } = stage([[prompted, ...outs({ type: 'hello', version: 3 }, { type: 'answer', words: [] })]]);
    const end = run.turn('Go');
    await tick();
    clock.advance(10 * minutes);
    expect((await end).problem).toMatchObject({ code: 'provider_protocol', detail: expect.stringContaining('hello') });
  });

  const nonsense: readonly [string, unknown[], RegExp][] = [
    ['unknown lines', [{ type: 'hello' }], /does not understand/],
    ['lists', [[1], [2]], /is not its protocol and was ended/],
  ];
  it.each(nonsense)(
    'is not waited out when only %s came: the first look ends the turn',
    async (_what, lines, words) => {
      const { run, clock } = stage([[prompted, ...outs(...(lines as object[]))]]);
      const end = run.turn('Go');
      await tick();
      clock.advance(minutes);
      expect((await end).problem).toMatchObject({ code: 'provider_protocol', message: expect.stringMatching(words) });
      expect(brokenLaws(run.events, 1)).toEqual([]);
    },
  );

  it('is not waited out either when nonsense goes on and on', async () => {
    const { run, cli, clock } = stage([[prompted]]);
    const end = run.turn('Go');
    await tick();
    for (let second = 0; second < 60; second += 1) {
      cli.say('beep');
      clock.advance(1000);
    }
    expect((await end).problem).toMatchObject({ code: 'provider_protocol', detail: expect.stringContaining('beep') });
  });

  it('is waited out when the CLI wrote something odd but answered us: it only starts slowly', async () => {
    const initialize: Row = {
      dir: 'in',
      msg: { type: 'control_request', request_id: 'first-id', request: { subtype: 'initialize' } },
    };
    const answer = { type: 'control_response', response: { subtype: 'success', request_id: 'first-id', response: {} } };
    const { run, clock } = stage([[initialize, ...outs({ type: 'hello' }, answer), prompted]]);
    void run.turn('Go');
    await tick();
    await tick();
    clock.advance(minutes);
    expect(run.of('notice').map((notice) => notice.code)).toEqual(['unknown_message', 'silent']);
    expect(run.of('turn_end')).toEqual([]);
  });

  it('means nothing while a person is asked', async () => {
    const request = { subtype: 'can_use_tool', tool_name: 'Bash', tool_use_id: 't', input: { command: 'ls' } };
    const { run, clock } = stage([[prompted, ...outs(init, { type: 'control_request', request_id: 'r', request })]]);
    void run.turn('Go');
    await run.next('approval_request');
    clock.advance(600 * minutes);
    expect(run.of('notice')).toEqual([]);
    expect(run.of('turn_end')).toEqual([]);
  });
});

describe('permission', () => {
  const ask = (tool_name: string, input: object) => ({
    type: 'control_request',
    request_id: 'r',
    request: { subtype: 'can_use_tool', tool_name, tool_use_id: 't', input },
  });

  it('sends the input back with a yes, and the words of the person with a no', async () => {
    for (const [answer, response] of [
      [{ decision: 'allow_session' as const }, { behavior: 'allow', updatedInput: { command: 'ls' } }],
      [
        { decision: 'deny' as const, message: 'Use ls -l.' },
        { behavior: 'deny', message: 'Use ls -l.' },
      ],
    ] as const) {
      const { run, answers } = stage([[prompted, ...outs(init, ask('Bash', { command: 'ls' }))]]);
      void run.turn('Go');
      await run.next('approval_request');
      run.session.answer('r', answer);
      run.session.answer('r', answer);
      expect(answers()).toEqual([
        { type: 'control_response', response: { subtype: 'success', request_id: 'r', response } },
      ]);
    }
  });

  it('answers the questions of the agent', async () => {
    const questions = [{ question: 'Which?', options: [{ label: 'A' }] }];
    const { run, answers } = stage([[prompted, ...outs(init, ask('AskUserQuestion', { questions }))]]);
    void run.turn('Go');
    await run.next('approval_request');
    run.session.answer('r', { decision: 'allow_once', answers: { 'Which?': 'A' } });
    expect(answers()[0]).toMatchObject({
      response: { response: { updatedInput: { questions, answers: { 'Which?': 'A' } } } },
    });
  });

  it('offers nothing lasting for an edit outside the folder, and shows where it leads', async () => {
    const { run } = stage([[prompted, ...outs(init, ask('Write', { file_path: '/elsewhere/x', content: 'a' }))]]);
    void run.turn('Go');
    expect(await run.next('approval_request')).toMatchObject({
      path: '/elsewhere/x',
      rule: null,
      diff: { change: 'create' },
    });
  });

  it('gives hooks and settings no path that a rule of a folder could match', async () => {
    const { run } = stage([
      [prompted, ...outs(init, ask('Write', { file_path: '/project/.git/hooks/pre-push', content: 'a' }))],
    ]);
    void run.turn('Go');
    const request = await run.next('approval_request');
    expect(request.path).toBeUndefined();
    expect(request.rule).toBeNull();
  });

  it('does not leave the CLI waiting for an answer to a request that is not known', async () => {
    const request = { type: 'control_request', request_id: 'x', request: { subtype: 'elicitation' } };
    const { run, answers } = stage([[prompted, ...outs(init, request)]]);
    void run.turn('Go');
    await run.next('notice');
    expect(answers()).toEqual([
      expect.objectContaining({ response: expect.objectContaining({ subtype: 'error', request_id: 'x' }) }),
    ]);
  });
});

describe('lines that are nested very deep', () => {
  // Written by hand: JSON.stringify would overflow.
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  const marked = (line: object) => JSON.stringify(line).replace('"DEEP"', deep);
  const deepLines = [
    { type: 'hologram', x: 'DEEP' },
    {
      type: 'assistant',
      message: { id: 'm', content: [{ type: 'tool_use', id: 't', name: 'X', input: { x: 'DEEP' } }] },
    },
    { type: 'user', message: { content: [{ type: 'tool_result', tool_use_id: 't', content: 'DEEP' }] } },
    {
      type: 'control_request',
      request_id: 'r',
      request: { subtype: 'can_use_tool', tool_name: 'X', input: { x: 'DEEP' } },
    },
  ].map(marked);

  it('do no harm: the turn goes on, nothing waits for an answer, and the record can be written', async () => {
    const { run, cli, answers } = stage([[prompted, ...outs(init)]]);
    const end = run.turn('Go');
    await run.next('session');
    for (const line of [deep, ...deepLines, marked({ ...done, permission_denials: 'DEEP' })]) cli.say(line);
    expect(await end).toMatchObject({ status: 'completed' });
    expect(answers()).toEqual([
      expect.objectContaining({ response: expect.objectContaining({ subtype: 'error', request_id: 'r' }) }),
    ]);
    expect(run.of('notice').some(({ code, raw }) => code === 'unreadable_line' && raw?.startsWith('[[['))).toBe(true);
    expect(run.of('tool_end')).toEqual([expect.objectContaining({ tool_call_id: 't', status: 'completed' })]);
    for (const event of run.events) canonicalJson(event);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });
});

describe('modes', () => {
  it('tells when the CLI left planning by itself, to asking unless more was allowed', async () => {
    const { run, answers } = stage([recording('plan-approved').slice(3)], { mode: 'plan' });
    const end = run.turn('Plan');
    const request = await run.next('approval_request');
    run.session.answer(request.ref, { decision: 'allow_once' });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('mode')).toEqual([{ type: 'mode', mode: 'accept-edits' }]);
    expect(answers()).toEqual([]);
  });

  it('goes back to full access when the CLI planned of its own accord', async () => {
    const status = (permissionMode: string) => ({ type: 'system', subtype: 'status', permissionMode });
    const { run } = stage([[prompted, ...outs(init, status('plan'), status('default'), done)]], { mode: 'full' });
    await run.turn('Go');
    expect(run.of('mode').map((event) => event.mode)).toEqual(['plan', 'full']);
  });

  it('takes effect at once, and not twice', async () => {
    const { run, controls } = stage([[prompted, ...outs(init)]]);
    run.session.setMode('plan');
    run.session.setMode('plan');
    run.session.setMode('full');
    expect(controls('set_permission_mode').map((line) => (line.request as { mode: string }).mode)).toEqual([
      'plan',
      'default',
    ]);
  });

  it('sends the name of the model, and "default" for none', () => {
    const { run, controls } = stage([[]]);
    run.session.setModel('haiku');
    run.session.setModel(null);
    expect(controls('set_model').map((line) => (line.request as { model: string }).model)).toEqual([
      'haiku',
      'default',
    ]);
  });
});

describe('sub-agents in the background', () => {
  const call = { type: 'tool_use', id: 'call-1', name: 'Task', input: { description: 'look', prompt: 'p' } };
  const started = [
    lifecycle('prompt-id', 'queued'),
    lifecycle('prompt-id', 'started'),
    init,
    { type: 'assistant', message: { id: 'm1', content: [call] } },
    { type: 'system', subtype: 'background_tasks_changed', tasks: [{ task_id: 'a1', task_type: 'local_agent' }] },
    { type: 'system', subtype: 'task_started', task_id: 'a1', tool_use_id: 'call-1', task_type: 'local_agent' },
    {
      type: 'user',
      message: { content: [{ type: 'tool_result', tool_use_id: 'call-1', content: 'Async agent launched' }] },
      tool_use_result: { status: 'async_launched' },
    },
    says('m2', 'It looks.'),
    done,
  ];
  const sub = { ...says('s1', 'Found it.'), parent_tool_use_id: 'call-1', agent_id: 'a1' };
  const ended = [
    {
      type: 'system',
      subtype: 'task_notification',
      task_id: 'a1',
      tool_use_id: 'call-1',
      status: 'completed',
      summary: 'look',
    },
    { type: 'system', subtype: 'background_tasks_changed', tasks: [] },
  ];

  it('keep the turn open until the agent has gone on with what they found', async () => {
    const rows = [prompted, ...outs(...started, sub, ...ended, init, says('m3', 'So it is there.'), done)];
    const { run } = stage([rows]);
    expect(await run.turn('Look')).toMatchObject({ status: 'completed' });
    expect(run.of('text')).toEqual([
      expect.objectContaining({ text: 'It looks.' }),
      expect.objectContaining({ text: 'Found it.', parent_tool_call_id: 'call-1' }),
      expect.objectContaining({ text: 'So it is there.' }),
    ]);
    expect(run.of('tool_end')).toEqual([expect.objectContaining({ status: 'completed', output: 'Found it.' })]);
    expect(run.of('usage')).toEqual([expect.objectContaining({ input_tokens: 2 })]);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });

  it('do not keep it open for ever when the agent does not go on', async () => {
    const { run, clock } = stage([[prompted, ...outs(...started, sub, ...ended)]]);
    const end = run.turn('Look');
    await run.next('tool_end');
    await tick();
    expect(run.of('turn_end')).toEqual([]);
    clock.advance(5000);
    expect(await end).toMatchObject({ status: 'completed' });
  });

  it('are stopped with the turn although the CLI then says nothing more', async () => {
    const { run, cli } = stage([[prompted, ...outs(...started, sub)]]);
    const end = run.turn('Look');
    await run.next(
      'text',
      run.events.findIndex((event) => event.type === 'tool_start'),
    );
    await tick();
    run.session.interrupt();
    const asked = cli.written.find((line) => (line.request as { subtype?: string })?.subtype === 'interrupt');
    const response = { subtype: 'success', request_id: asked?.request_id, response: { cancelled: [] } };
    cli.say(JSON.stringify({ type: 'control_response', response }));
    expect(await end).toMatchObject({ status: 'aborted' });
    expect(run.of('tool_end')).toEqual([expect.objectContaining({ status: 'cancelled' })]);
    // What was on its way belongs to nothing any more.
    cli.say(JSON.stringify(sub));
    expect(run.events.at(-1)?.type).toBe('turn_end');
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });
});

describe('the effort', () => {
  it('is told at the start and when it changes; null takes it away', async () => {
    const { run, controls } = stage([[prompted, ...outs(init, done)]], { effort: 'low' });
    run.session.setEffort('max');
    run.session.setEffort(null);
    expect(controls('apply_flag_settings').map((line) => line.request)).toEqual(
      ['low', 'max', null].map((effortLevel) => ({ subtype: 'apply_flag_settings', settings: { effortLevel } })),
    );
    await run.session.close();
  });
});

describe('tool servers', () => {
  const server = { name: 'deck', url: 'http://127.0.0.1:1/mcp', headers: { Authorization: 'Bearer secret' } };
  const answer = (cli: ReturnType<typeof stage>['cli'], subtype: string, response: object) => {
    const asked = cli.written.find((line) => (line.request as { subtype?: string })?.subtype === subtype);
    const message = { subtype: 'success', request_id: asked?.request_id, response };
    cli.say(JSON.stringify({ type: 'control_response', response: message }));
  };

  it('are told over stdin, their tools allowed; the first message waits until they are there', async () => {
    const { cli, run, controls } = stage([[prompted, ...outs(init, says('m', 'Hi.'), done)]], {
      mcp_servers: [server],
    });
    expect(cli.launches[0]?.args.join(' ')).toContain('--allowedTools mcp__deck__*');
    expect(JSON.stringify([cli.launches[0]?.args, cli.launches[0]?.env])).not.toContain('secret');
    const end = run.turn('Hello');
    await tick();
    expect(cli.written.some((line) => line.type === 'user')).toBe(false);
    expect(controls('mcp_set_servers').map((line) => line.request)).toEqual([
      { subtype: 'mcp_set_servers', servers: { deck: { type: 'http', url: server.url, headers: server.headers } } },
    ]);
    answer(cli, 'mcp_set_servers', { added: ['deck'], errors: {} });
    answer(cli, 'mcp_status', { mcpServers: [{ name: 'deck', status: 'connected' }] });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('notice')).toEqual([]);
  });

  it('that do not come are waited for only so long, which is said', async () => {
    const { run, clock } = stage([[prompted, ...outs(init, done)]], { mcp_servers: [server] });
    const end = run.turn('Hello');
    clock.advance(10_000);
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('notice').map((notice) => notice.code)).toEqual(['tool_server_failed']);
  });

  it('leave the turn to be stopped at once while they are waited for', async () => {
    const { cli, run } = stage([[]], { mcp_servers: [server] });
    const end = run.turn('Hello');
    run.session.interrupt();
    expect(await end).toEqual({ type: 'turn_end', status: 'aborted' });
    expect(cli.written.some((line) => line.type === 'user')).toBe(false);
  });
});
