import { describe, expect, it } from 'vitest';
import { Run } from '../conformance.ts';
import { brokenLaws } from '../laws.ts';
import { completed, conversation, project, type Row, recording, says } from './replay-test-support.ts';
import { answered, asks, commandRequest, message, stage, tick } from './stage-test-support.ts';

describe('starting', () => {
  it('opens a thread before there is a prompt, in a way that leaves the settings of the person alone', async () => {
    const { cli, run, sent } = stage([conversation(message('m', 'Hi.'), completed())], { mode: 'full' });
    expect(await run.turn('a secret')).toMatchObject({ status: 'completed' });
    expect(cli.launches[0]?.args.join(' ')).not.toContain('secret');
    expect(sent('thread/start')).toEqual([
      expect.objectContaining({ cwd: project, sandbox: 'read-only', approvalPolicy: 'untrusted' }),
    ]);
    expect(sent('turn/start')[0]).toMatchObject({
      approvalPolicy: 'never',
      sandboxPolicy: { type: 'dangerFullAccess' },
    });
  });

  it('marks the shells of each thread with a mark of its own, below that of the process', async () => {
    const { cli, provider, sent } = stage([conversation()]);
    new Run({ provider, cwd: project });
    await tick();
    await tick();
    const runId = cli.launches[0]?.runId;
    const marks = sent('thread/start').map(
      ({ config }) => (config as { [key: string]: string })['shell_environment_policy.set.QUARTERDECK_RUN_ID'],
    );
    expect(cli.launches).toHaveLength(1);
    expect(marks).toEqual([`${runId}.1`, `${runId}.2`]);
  });

  it('tells which thread it is when there is something to come back to, and not before', async () => {
    const { run } = stage([conversation(message('m', 'Hi.'), completed())]);
    await tick();
    expect(run.of('session')).toEqual([]);
    await run.turn('Hello');
    expect(run.of('session')).toEqual([
      { type: 'session', provider_session_id: 't', version: '0.169.0', model: 'gpt-5.5' },
    ]);
  });

  it('tells that the conversation is lost before anything ran, and nothing else; then it is gone', async () => {
    const lost: Row[] = [
      ...conversation().slice(0, 3),
      { dir: 'out', msg: { id: 2, error: { code: -32600, message: 'no rollout found for thread id gone' } } },
    ];
    const { run, sent } = stage([lost], { resume: 'gone' });
    void run.turn('Hello');
    await run.next('closed');
    expect(run.events.map((event) => event.type)).toEqual(['resume_lost', 'closed']);
    expect([sent('thread/resume').length, sent('thread/start').length, sent('turn/start').length]).toEqual([1, 0, 0]);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });

  it('says that another program has the conversation, and does not take it for lost', async () => {
    const error = { code: -32600, message: 'thread-store conflict: thread gone already has an active writer' };
    const { run } = stage([[...conversation().slice(0, 3), { dir: 'out', msg: { id: 2, error } }]], { resume: 'gone' });
    const { status, problem } = await run.turn('Hello');
    expect([status, problem?.message]).toEqual(['failed', expect.stringContaining('another program')]);
    expect(run.of('resume_lost')).toEqual([]);
  });

  it('keeps it for the prompt when the conversation was found lost before there was one', async () => {
    const lost: Row[] = [
      ...conversation().slice(0, 3),
      { dir: 'out', msg: { id: 2, error: { code: -32600, message: 'invalid session id: nonsense' } } },
    ];
    const { cli, run } = stage([lost], { resume: 'gone' });
    await expect.poll(() => cli.heard.some((line) => line.method === 'thread/resume')).toBe(true);
    await tick();
    await tick();
    expect(run.events).toEqual([]);
    void run.turn('Hello');
    await run.next('closed');
    expect(run.events.map((event) => event.type)).toEqual(['resume_lost', 'closed']);
  });

  it('branches from a conversation once, and goes on with the branch', async () => {
    const { run, sent } = stage(
      [
        [...conversation(message('m', 'Hi.'), completed()), { exit: 1 }],
        conversation(message('m', 'Hi.'), completed()),
      ],
      { resume: 'origin', fork: true },
    );
    await run.turn('one');
    await run.next('closed');
    await run.turn('two');
    expect(sent('thread/fork')).toEqual([expect.objectContaining({ threadId: 'origin', sandbox: 'read-only' })]);
    expect(sent('thread/resume')).toEqual([expect.objectContaining({ threadId: 't' })]);
  });

  it('starts the CLI again for a prompt that comes while the end of the last turn is told', async () => {
    const { cli, run, sent } = stage([
      [...conversation(says('turn/started', { turn: { id: 'turn-1' } })), { exit: 1 }],
      conversation(message('m', 'Hi.'), completed()),
    ]);
    const first = run.turn('one');
    const second = first.then(() => run.turn('two'));
    expect(await first).toMatchObject({ status: 'failed' });
    expect(await second).toMatchObject({ status: 'completed' });
    expect(cli.launches).toHaveLength(2);
    expect(sent('thread/resume')).toEqual([expect.objectContaining({ threadId: 't' })]);
  });
});

describe('a CLI that does not read any more', () => {
  it('is told as what it is, with what to do next', async () => {
    const { cli, run } = stage([conversation()]);
    const end = run.turn('Go');
    await run.next('session');
    cli.die({ code: null, signal: 'SIGTERM', deaf: true });
    expect(await end).toMatchObject({
      status: 'failed',
      problem: { code: 'provider_failed', message: expect.stringContaining('did not read') },
    });
  });
});

describe('steering', () => {
  it('puts words into the running turn', async () => {
    const { run, sent } = stage([recording('steer')]);
    const end = run.turn('Go');
    await run.next('tool_start');
    expect(run.session.steer('Please hurry.')).toBe(true);
    expect(await end).toMatchObject({ status: 'completed' });
    expect(sent('turn/steer')).toEqual([expect.objectContaining({ input: [{ type: 'text', text: 'Please hurry.' }] })]);
    expect(run.of('tool_end')).toEqual([expect.objectContaining({ output: 'slept\n', exit_code: 0 })]);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });

  it('sends words that came too late as the last part of the same turn', async () => {
    const rows = conversation(
      message('m1', 'First.'),
      { dir: 'in', msg: { id: 9, method: 'turn/steer' } },
      completed(),
      { dir: 'out', msg: { id: 9, error: { code: -32600, message: 'no active turn to steer' } } },
      { dir: 'in', msg: { id: 10, method: 'turn/start' } },
      { dir: 'out', msg: { id: 10, result: { turn: { id: 'turn-1' } } } },
      message('m2', 'Second.'),
      completed(),
    );
    const { run, sent } = stage([rows]);
    const end = run.turn('Go');
    await run.next('text');
    expect(run.session.steer('And this')).toBe(true);
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('text').map((text) => text.text)).toEqual(['First.', 'Second.']);
    expect(sent('turn/start').map(({ input }) => input)).toEqual([
      [{ type: 'text', text: 'Go' }],
      [{ type: 'text', text: 'And this' }],
    ]);
  });

  it('is refused when no turn runs, and when the turn is being stopped', async () => {
    const { run } = stage([conversation()]);
    expect(run.session.steer('x')).toBe(false);
    void run.turn('Go');
    run.session.interrupt();
    expect(run.session.steer('x')).toBe(false);
  });
});

describe('approvals', () => {
  it('offers no lasting answer for a network request, and another tool for what leaves the sandbox', async () => {
    const rows = conversation(
      commandRequest(0, "/bin/bash -lc 'npm test'", { proposedExecpolicyAmendment: ['npm'] }),
      answered(0),
      commandRequest(1, "/bin/bash -lc 'npm install left'", {
        reason: 'Needs the registry',
        proposedExecpolicyAmendment: ['npm', 'install'],
      }),
      answered(1),
      commandRequest(2, 'curl x', { networkApprovalContext: { host: 'example.org', protocol: 'https' } }),
      answered(2),
      completed(),
    );
    const { run } = stage([rows]);
    const end = run.turn('Go');
    for (let at = 0; at < 3; at++) {
      await expect.poll(() => run.of('approval_request').length).toBe(at + 1);
      run.session.answer(run.of('approval_request')[at]!.ref, { decision: 'deny' });
    }
    await end;
    expect(
      run.of('approval_request').map(({ tool, command, rule }) => [tool, command, rule?.match, rule?.pattern]),
    ).toEqual([
      ['shell', 'npm test', 'prefix', 'npm '],
      ['shell (outside the sandbox)', 'npm install left', 'prefix', 'npm install '],
      ['shell', 'curl x', undefined, undefined],
    ]);
    expect(run.of('approval_request')[2]?.reason).toContain('example.org');
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });

  it('takes a question back when the CLI does not wait for the answer any more', async () => {
    const rows = conversation(commandRequest(0, 'ls'), says('serverRequest/resolved', { requestId: 0 }), completed());
    const { run, cli } = stage([rows]);
    await run.turn('Go');
    expect(run.of('approval_withdrawn')).toEqual([
      { type: 'approval_withdrawn', ref: run.of('approval_request')[0]?.ref },
    ]);
    run.session.answer(run.of('approval_request')[0]!.ref, { decision: 'allow_once' });
    expect(cli.heard.some((line) => line.id === 0 && line.method === undefined)).toBe(false);
  });

  it('asks the questions of the agent and gives the answers by their ids', async () => {
    const questions = [
      { id: 'q1', header: 'Colour', question: 'Which?', options: [{ label: 'Blue', description: 'b' }] },
      { id: 'q2', header: 'Why', question: 'Why?', options: null },
    ];
    const rows = conversation(
      asks(0, 'item/tool/requestUserInput', { itemId: 'q', questions }),
      answered(0),
      completed(),
    );
    const { run, cli } = stage([rows]);
    const end = run.turn('Go');
    const request = await run.next('approval_request');
    expect(request).toMatchObject({ kind: 'question', rule: null });
    run.session.answer(request.ref, { decision: 'allow_once', answers: { 'Which?': 'Blue', 'Why?': 'Because' } });
    await end;
    expect(cli.heard.find((line) => line.id === 0 && line.method === undefined)?.result).toEqual({
      answers: { q1: { answers: ['Blue'] }, q2: { answers: ['Because'] } },
    });
  });

  it('refuses what it has no place for, so that the CLI does not wait for ever, and says so', async () => {
    const rows = conversation(
      asks(0, 'mcpServer/elicitation/request', { mode: 'openai/userVerification', title: 'Who are you?' }),
      answered(0),
      asks(1, 'account/chatgptAuthTokens/refresh', {}),
      answered(1),
      completed(),
    );
    const { run, cli } = stage([rows]);
    await run.turn('Go');
    const answers = cli.heard.filter((line) => line.method === undefined);
    expect(answers).toEqual([
      { id: 0, result: { action: 'decline', content: null, _meta: null } },
      { id: 1, error: { code: -32601, message: expect.any(String) } },
    ]);
    expect(run.of('notice').map((notice) => notice.code)).toEqual(['request_refused', 'request_refused']);
  });
});

describe('a sub-agent', () => {
  const child = (method: string, params: object): Row => ({
    dir: 'out',
    msg: { method, params: { threadId: 'kid', turnId: 'kid-turn', ...params } },
  });
  const works = [
    child('turn/started', { turn: { id: 'kid-turn' } }),
    child('item/started', { item: { type: 'commandExecution', id: 'c', command: 'ls', status: 'inProgress' } }),
    child('item/agentMessage/delta', { itemId: 'm', delta: 'inner' }),
    child('item/completed', {
      item: { type: 'commandExecution', id: 'c', command: 'ls', status: 'completed', exitCode: 0 },
    }),
    child('item/completed', { item: { type: 'agentMessage', id: 'm', text: 'My report.' } }),
    child('turn/completed', { turn: { id: 'kid-turn', status: 'completed' } }),
  ];

  it.each([
    ['subAgentActivity', { kind: 'started', agentThreadId: 'kid', agentPath: '/root/kid' }],
    ['collabAgentToolCall', { tool: 'spawnAgent', prompt: 'Look', receiverThreadIds: ['kid'], status: 'inProgress' }],
  ])("has its commands under the call that began it, told as %s, and its end is not the turn's", async (type, more) => {
    const spawn = { item: { type, id: 'spawn', ...more } };
    const { run } = stage([conversation(says('item/started', spawn), ...works, message('m2', 'Done.'), completed())]);
    expect(await run.turn('Go')).toMatchObject({ status: 'completed' });
    expect(run.of('tool_start').map((tool) => [tool.kind, tool.parent_tool_call_id])).toEqual([
      ['agent', undefined],
      ['execute', 'spawn'],
    ]);
    expect(run.of('tool_end').at(-1)).toMatchObject({
      tool_call_id: 'spawn',
      status: 'completed',
      output: 'My report.',
    });
    expect(run.of('text').map((text) => [text.text, text.parent_tool_call_id])).toEqual([
      ['My report.', 'spawn'],
      ['Done.', undefined],
    ]);
    expect(run.of('item_delta')).toEqual([]);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });

  it('is stopped with the turn', async () => {
    const spawn = {
      item: { type: 'subAgentActivity', id: 'spawn', kind: 'started', agentThreadId: 'kid', agentPath: '/root/kid' },
    };
    const rows = conversation(
      says('item/started', spawn),
      ...works.slice(0, 2),
      { dir: 'in', msg: { id: 20, method: 'turn/interrupt' } },
      { dir: 'out', msg: { id: 20, result: {} } },
      completed('interrupted'),
    );
    const { run, sent } = stage([rows]);
    const end = run.turn('Go');
    await expect.poll(() => run.of('tool_start').length).toBe(2);
    run.session.interrupt();
    expect(await end).toMatchObject({ status: 'aborted' });
    expect(sent('turn/interrupt')).toEqual([
      { threadId: 't', turnId: 'turn-1' },
      { threadId: 'kid', turnId: 'kid-turn' },
    ]);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });
});

describe('what comes late', () => {
  it('of a turn that is closed in the record is not told as part of the next one', async () => {
    const late = { item: { type: 'commandExecution', id: 'c1', command: 'sleep 60', status: 'failed', exitCode: -1 } };
    const rows = conversation(
      says('item/started', { item: { type: 'commandExecution', id: 'c1', command: 'sleep 60', status: 'inProgress' } }),
      completed('failed', { error: { message: 'broken', codexErrorInfo: 'other' } }),
      { dir: 'in', msg: { id: 51, method: 'turn/start' } },
      { dir: 'out', msg: { id: 51, result: { turn: { id: 'turn-2' } } } },
      says('turn/started', { turn: { id: 'turn-2' } }),
      says('item/completed', late),
      says('turn/completed', { turn: { id: 'turn-2', status: 'completed' } }),
    );
    const { run } = stage([rows]);
    await run.turn('one');
    await run.turn('two');
    expect(run.of('tool_end')).toHaveLength(1);
    expect(brokenLaws(run.events, 2)).toEqual([]);
  });
});

describe('a turn nobody asked for', () => {
  it('is stopped, told, and leaves nothing in the record', async () => {
    const rows = conversation(
      message('m', 'Hi.'),
      completed(),
      says('turn/started', { turn: { id: 'goal' } }),
      says('item/agentMessage/delta', { itemId: 'x', delta: 'On I go' }),
      { dir: 'in', msg: { id: 50, method: 'turn/interrupt' } },
      { dir: 'out', msg: { id: 50, result: {} } },
      says('turn/completed', { turn: { id: 'goal', status: 'interrupted' } }),
    );
    const { run, sent } = stage([rows]);
    await run.turn('Go');
    const notice = await run.next('notice');
    expect(notice.code).toBe('unasked_turn');
    await tick();
    expect(sent('turn/interrupt')).toEqual([{ threadId: 't', turnId: 'goal' }]);
    expect(run.of('item_delta')).toEqual([]);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });
});

describe('a prompt that comes while such a turn is being stopped', () => {
  it('waits for its end, or it would be folded into it', async () => {
    const rows = conversation(
      completed(),
      says('turn/started', { turn: { id: 'goal' } }),
      { dir: 'in', msg: { id: 50, method: 'turn/interrupt' } },
      { dir: 'out', msg: { id: 50, result: {} } },
      says('turn/completed', { turn: { id: 'goal', status: 'interrupted' } }),
      { dir: 'in', msg: { id: 51, method: 'turn/start' } },
      { dir: 'out', msg: { id: 51, result: { turn: { id: 'turn-1' } } } },
      message('m', 'Hi.'),
      completed(),
    );
    const { run, sent } = stage([rows]);
    await run.turn('one');
    await run.next('notice');
    expect(await run.turn('two')).toMatchObject({ status: 'completed' });
    expect(sent('turn/start')).toHaveLength(2);
    expect(brokenLaws(run.events, 2)).toEqual([]);
  });
});

describe('stopping', () => {
  it('waits for the turn to begin: before that the CLI knows of nothing to interrupt', async () => {
    const begun = conversation().slice(0, -1);
    const rows: Row[] = [
      ...begun,
      says('turn/started', { turn: { id: 'turn-1' } }),
      { dir: 'in', msg: { id: 20, method: 'turn/interrupt' } },
      { dir: 'out', msg: { id: 20, result: {} } },
      completed('interrupted'),
    ];
    const { run, sent } = stage([rows]);
    const end = run.turn('Go');
    await run.next('session');
    run.session.interrupt();
    expect(await end).toMatchObject({ status: 'aborted' });
    expect(sent('turn/interrupt')).toEqual([{ threadId: 't', turnId: 'turn-1' }]);
    expect(run.of('notice')).toEqual([]);
  });

  it('ends the commands of this turn by their own ids, and no others', async () => {
    const terminals = [
      { itemId: 'c1', processId: '11' },
      { itemId: 'of another turn', processId: '22' },
    ];
    const rows = conversation(
      says('item/started', { item: { type: 'commandExecution', id: 'c1', command: 'sleep 60', status: 'inProgress' } }),
      { dir: 'in', msg: { id: 20, method: 'turn/interrupt' } },
      { dir: 'out', msg: { id: 20, result: {} } },
      completed('interrupted'),
      { dir: 'in', msg: { id: 21, method: 'thread/backgroundTerminals/list' } },
      { dir: 'out', msg: { id: 21, result: { data: terminals } } },
      { dir: 'in', msg: { id: 22, method: 'thread/backgroundTerminals/terminate' } },
      says('item/completed', {
        item: { type: 'commandExecution', id: 'c1', command: 'sleep 60', status: 'failed', exitCode: -1 },
      }),
      { dir: 'out', msg: { id: 22, result: { terminated: true } } },
    );
    const { run, sent } = stage([rows]);
    const end = run.turn('Go');
    await run.next('tool_start');
    run.session.interrupt();
    expect(await end).toMatchObject({ status: 'aborted' });
    expect(sent('thread/backgroundTerminals/terminate')).toEqual([{ threadId: 't', processId: '11' }]);
    expect(run.of('tool_end')).toEqual([expect.objectContaining({ status: 'cancelled', exit_code: null })]);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });
});

describe('failures, as they were recorded', () => {
  it.each([
    ['error-401', 'provider_not_signed_in'],
    ['error-429', 'provider_rate_limited'],
    ['error-quota', 'provider_rate_limited'],
    ['error-500', 'provider_failed'],
    ['error-400', 'provider_failed'],
    ['socket-cut', 'provider_failed'],
    ['stream-error', 'provider_failed'],
    ['max-tokens', 'provider_failed'],
    ['missing-key', 'provider_not_signed_in'],
  ])('%s ends in %s, with what to do next', async (name, code) => {
    const { run } = stage([recording(name)]);
    const { status, problem } = await run.turn('Go');
    expect([status, problem?.code]).toEqual(['failed', code]);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });
});
