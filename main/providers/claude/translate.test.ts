import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { brokenLaws } from '../laws.ts';
import { output, recording } from './replay-test-support.ts';
import { Translator } from './translate.ts';
import type { Translated } from './translated.ts';

function translate(lines: readonly string[], now: () => number = () => 0): Translated[] {
  const translator = new Translator({ cwd: '/project', now });
  return lines.flatMap((line) => translator.line(line));
}

const of = <T extends Translated['type']>(events: readonly Translated[], type: T) =>
  events.filter((event): event is Extract<Translated, { type: T }> => event.type === type);

const fixture = (name: string) => translate(output(recording(name)));
const outcome = (name: string) => of(fixture(name), 'cli_result')[0]?.outcome;
const json = (line: object) => JSON.stringify(line);
const stream = (event: object, more: object = {}) => json({ type: 'stream_event', event, ...more });
const textDelta = (text: string, index = 0) =>
  stream({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } });
const messageStart = (id: string) => stream({ type: 'message_start', message: { id, usage: {} } });
const assistant = (id: string, ...content: object[]) => json({ type: 'assistant', message: { id, content } });

describe('text and thinking', () => {
  it('hands on each delta under the item that the finished block has', () => {
    const events = fixture('think-and-text');
    const thought = of(events, 'reasoning')[0];
    const text = of(events, 'text')[0];
    const streamed = (id: string | undefined) =>
      of(events, 'item_delta')
        .filter((delta) => delta.item_id === id)
        .map((delta) => delta.text)
        .join('');
    expect(thought).toMatchObject({ duration_ms: 78, text: streamed(thought?.item_id) });
    expect(text?.text).toBe('This is a plain answer that arrives in several small deltas, so streaming can be seen.');
    expect(streamed(text?.item_id)).toBe(text?.text);
    expect(text?.item_id).not.toBe(thought?.item_id);
  });

  it('gives a message that came without deltas as a whole', () => {
    expect(translate([assistant('msg_1', { type: 'text', text: 'All at once.' })])).toEqual([
      { type: 'text', item_id: 'msg_1:0', text: 'All at once.' },
    ]);
  });

  it('voids what was streamed when the CLI abandons it, and gives the new text under a new item', () => {
    const events = fixture('stream-error');
    expect(of(events, 'item_replace')).toEqual([
      { type: 'item_replace', item_id: 'msg_mwosywwf000qp:0', kind: 'text', text: '' },
    ]);
    expect(of(events, 'text')).toEqual([
      { type: 'text', item_id: 'msg_mwosywww000qq:0', text: 'Recovered without streaming.' },
    ]);
  });

  it('voids what was streamed when, without a word, another message follows (older versions)', () => {
    const events = translate([messageStart('msg_1'), textDelta('half of'), messageStart('msg_2'), textDelta('whole')]);
    expect(events.map((event) => event.type)).toEqual(['item_delta', 'item_replace', 'item_delta']);
    expect(of(events, 'item_replace')[0]).toMatchObject({ item_id: 'msg_1:0', text: '' });
  });

  it('keeps what was streamed when a turn succeeds without ever finishing the block', () => {
    const events = translate([messageStart('msg_1'), textDelta('so far'), json({ type: 'result', is_error: false })]);
    expect(of(events, 'text')).toEqual([{ type: 'text', item_id: 'msg_1:0', text: 'so far' }]);
  });

  it('leaves open text open when a turn is stopped, and voids half a tool call', () => {
    const input = {
      type: 'content_block_delta',
      index: 1,
      delta: { type: 'input_json_delta', partial_json: '{"comm' },
    };
    const events = translate([
      messageStart('msg_1'),
      textDelta('so far'),
      stream({
        type: 'content_block_start',
        index: 1,
        content_block: { type: 'tool_use', id: 'toolu_1', name: 'Bash' },
      }),
      stream(input),
      json({ type: 'result', is_error: true, terminal_reason: 'aborted_streaming' }),
    ]);
    expect(of(events, 'text')).toEqual([]);
    expect(of(events, 'item_replace')).toEqual([
      { type: 'item_replace', item_id: 'toolu_1', kind: 'tool_input', text: '' },
    ]);
    expect(of(events, 'cli_result')[0]?.outcome.status).toBe('aborted');
  });

  it('keeps the deltas of sub-agents out of the answer', () => {
    const line = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'inner' } };
    expect(translate([stream(line, { parent_tool_use_id: 'toolu_1' })])).toEqual([]);
  });
});

describe('tools', () => {
  it('reports a file that is made and one that is changed with their diffs', () => {
    const events = fixture('write-and-edit');
    expect(of(events, 'tool_start').map(({ tool, kind, title }) => [tool, kind, title])).toEqual([
      ['Write', 'edit', 'notes.txt'],
      ['Edit', 'edit', 'notes.txt'],
    ]);
    const [made, changed] = of(events, 'file_edit').map((event) => event.diff);
    expect(made).toMatchObject({ path: '/project/notes.txt', change: 'create', added: 2, removed: 0 });
    expect(made?.hunks.flatMap((hunk) => hunk.lines)).toEqual(['+one', '+two']);
    expect(changed).toMatchObject({ change: 'update', added: 1, removed: 1 });
    expect(changed?.hunks).toEqual([
      { old_start: 1, old_lines: 2, new_start: 1, new_lines: 2, lines: [' one', '-two', '+three'] },
    ]);
  });

  it('streams the input of a tool call under its id, and closes it by its start', () => {
    const events = fixture('write-and-edit');
    const start = of(events, 'tool_start')[0];
    const streamed = of(events, 'item_delta').filter((delta) => delta.item_id === start?.tool_call_id);
    expect(streamed.map((delta) => delta.kind)).toEqual(['tool_input', 'tool_input', 'tool_input', 'tool_input']);
  });

  it('says denied when the person refused, with no output', () => {
    expect(of(fixture('command-denied'), 'tool_end')).toEqual([
      { type: 'tool_end', tool_call_id: 'toolu_mwosymjj000om', status: 'denied', duration_ms: 0 },
    ]);
  });

  it('says cancelled when an interrupt stopped it', () => {
    expect(of(fixture('interrupt-command'), 'tool_end')[0]).toMatchObject({ status: 'cancelled' });
  });

  it('gives the exit code of a command and its output without the line that tells it', () => {
    const lines = [
      assistant('msg_1', { type: 'tool_use', id: 'toolu_1', name: 'Bash', input: { command: 'false' } }),
      json({
        type: 'user',
        message: {
          content: [{ type: 'tool_result', tool_use_id: 'toolu_1', is_error: true, content: 'Exit code 3\nhi' }],
        },
        tool_use_result: 'Error: Exit code 3\nhi',
      }),
    ];
    expect(of(translate(lines), 'tool_end')[0]).toMatchObject({ status: 'failed', exit_code: 3, output: 'hi' });
    expect(of(fixture('steer'), 'tool_end')[0]).toMatchObject({ status: 'completed', exit_code: 0, output: 'slept' });
  });

  it('does not call a command that goes on in the background ended with 0', () => {
    expect(of(fixture('background-command'), 'tool_end')[0]).toMatchObject({ status: 'completed', exit_code: null });
  });

  it('measures from the answer of the person, not from the question', () => {
    let now = 1000;
    const translator = new Translator({ cwd: '/project', now: () => now });
    const lines = output(recording('command-denied'));
    for (const line of lines) {
      const events = translator.line(line);
      if (of(events, 'cli_permission')[0]) {
        now += 60_000;
        translator.answered('toolu_mwosymjj000om', false);
        now += 7;
      }
      const end = of(events, 'tool_end')[0];
      if (end) expect(end.duration_ms).toBe(7);
    }
  });

  it('nests the tool calls of a sub-agent under the call that started it', () => {
    const starts = of(fixture('sub-agent'), 'tool_start');
    expect(starts.map(({ tool, kind }) => [tool, kind])).toEqual([
      ['Task', 'agent'],
      ['Read', 'read'],
    ]);
    expect(starts[1]?.parent_tool_call_id).toBe(starts[0]?.tool_call_id);
  });

  it('shows what a sub-agent in the background says and does under its call, which lasts as long as it works', () => {
    const events = fixture('sub-agent-background');
    const call = of(events, 'tool_start').find((tool) => tool.kind === 'agent')?.tool_call_id;
    const under = events.filter((event) => 'parent_tool_call_id' in event && event.parent_tool_call_id === call);
    expect(under.map((event) => event.type)).toEqual(['reasoning', 'text', 'tool_start', 'text']);
    const ends = of(events, 'tool_end').filter((end) => end.tool_call_id === call);
    expect(ends).toEqual([expect.objectContaining({ status: 'completed', output: 'Found nothing.' })]);
    expect(events.indexOf(ends[0] as Translated)).toBeGreaterThan(events.indexOf(under.at(-1) as Translated));
    expect(of(events, 'cli_agents').map((signal) => signal.running)).toEqual([true, false]);
    expect(of(events, 'cli_permission').map((request) => request.command)).toEqual(['mkdir subdir']);
  });

  it('says that the output of a command can be asked for while it runs', () => {
    const events = fixture('live-command');
    const { tool_call_id } = of(events, 'tool_start')[0] ?? {};
    expect(of(events, 'cli_command_runs')).toEqual([expect.objectContaining({ toolCallId: tool_call_id })]);
  });

  it('makes a plan of the to-do list', () => {
    const todos = [
      { content: 'Look', status: 'completed', activeForm: 'Looking' },
      { content: 'Leap', status: 'in_progress' },
      { content: 'Land', status: 'strange' },
    ];
    const events = translate([
      assistant('msg_1', { type: 'tool_use', id: 'toolu_1', name: 'TodoWrite', input: { todos } }),
    ]);
    expect(of(events, 'plan')[0]?.entries).toEqual([
      { text: 'Look', status: 'completed' },
      { text: 'Leap', status: 'in_progress' },
      { text: 'Land', status: 'pending' },
    ]);
  });
});

describe('requests for permission', () => {
  it('holds the exact command and its reason', () => {
    const [request] = of(fixture('interrupt-command'), 'cli_permission');
    expect(request).toMatchObject({
      tool: 'Bash',
      kind: 'execute',
      command: 'perl -e "sleep 60"',
      reason: 'This command requires approval',
      tool_call_id: 'toolu_mwosynpr000p4',
    });
  });

  it('takes the plan from the tool call when the request comes without it', () => {
    const [request] = of(fixture('plan-approved'), 'cli_permission');
    expect(request).toMatchObject({ kind: 'plan', input: { plan: '1. do it' }, cliInput: {} });
  });

  it('reads the questions of the agent', () => {
    const [request] = of(fixture('question'), 'cli_permission');
    expect(request?.questions).toEqual([
      {
        question: 'Which colour?',
        header: 'Colour',
        multiple: false,
        options: [
          { label: 'Red', description: 'warm' },
          { label: 'Blue', description: 'cold' },
        ],
      },
    ]);
  });

  it('begins the tool call first when the request comes before its block is finished', () => {
    const request = { subtype: 'can_use_tool', tool_name: 'Bash', tool_use_id: 'toolu_1', input: { command: 'ls' } };
    const events = translate([json({ type: 'control_request', request_id: 'r', request })]);
    expect(events.map((event) => event.type)).toEqual(['tool_start', 'cli_permission']);
  });

  it('takes a request back when the CLI does', () => {
    expect(of(fixture('interrupt-approval'), 'approval_withdrawn')).toHaveLength(1);
  });
});

describe('the end of a turn', () => {
  it.each([
    ['error-400', 'provider_failed'],
    ['error-401', 'provider_not_signed_in'],
    ['error-404-model', 'provider_failed'],
    ['error-500', 'provider_failed'],
    ['not-signed-in', 'provider_not_signed_in'],
    ['unreachable', 'provider_failed'],
    ['plan-limit', 'provider_rate_limited'],
  ])('calls %s a failure although its subtype says success', (name, code) => {
    expect(outcome(name)).toMatchObject({ status: 'failed', problem: { code, next: expect.any(String) } });
  });

  it('never shows the CLI’s own words about a failure as an answer of the agent', () => {
    for (const name of ['error-400', 'error-401', 'not-signed-in', 'unreachable', 'plan-limit']) {
      expect(of(fixture(name), 'text'), name).toEqual([]);
    }
    expect(outcome('unreachable')?.problem?.detail).toContain('Connection refused');
  });

  it('says when the limit of a plan resets', () => {
    expect(outcome('plan-limit')?.problem?.message).toContain('2026-11-20 10:54 UTC');
  });

  it('tells an interrupt from an error', () => {
    expect(outcome('interrupt-text')).toEqual({ status: 'aborted', resumeFailed: false });
    expect(outcome('interrupt-command')?.status).toBe('aborted');
  });

  it('knows that the conversation to resume is not there', () => {
    const errors = ['No conversation found with session ID: x'];
    const line = json({ type: 'result', subtype: 'error_during_execution', is_error: true, errors });
    expect(of(translate([line]), 'cli_result')[0]?.outcome.resumeFailed).toBe(true);
  });

  it('counts the cost of each turn, not of the process', () => {
    const lines = [recording('think-and-text'), recording('write-and-edit')].flatMap(output);
    const costs = of(translate(lines), 'cli_result').map((result) => result.usage?.cost_usd ?? 0);
    expect(costs[0]).toBeCloseTo(0.055032);
    expect(costs[1]).toBeCloseTo(0.221296 - 0.055032);
  });

  it('takes the difference where the CLI does not tell the cost of the turn', () => {
    const result = (total: number) =>
      json({ type: 'result', is_error: false, total_cost_usd: total, usage: { input_tokens: 1, output_tokens: 1 } });
    const costs = of(translate([result(0.5), result(0.75)]), 'cli_result').map((one) => one.usage?.cost_usd);
    expect(costs).toEqual([0.5, 0.25]);
  });

  it('counts the tokens of a stopped turn, which its usage leaves out', () => {
    expect(of(fixture('interrupt-text'), 'cli_result')[0]?.usage).toMatchObject({
      input_tokens: 13551,
      output_tokens: 10,
    });
  });

  it('says how full the context is, and how large', () => {
    const usage = of(fixture('write-and-edit'), 'cli_result')[0]?.usage;
    expect(usage).toMatchObject({ context_window: 1_000_000, context_tokens: expect.any(Number) });
    expect(usage?.context_tokens).toBeLessThan(usage?.input_tokens ?? 0);
  });
});

describe('what the CLI tells about itself', () => {
  it('tells the session once, and again when it changes', () => {
    const init = (more: object) =>
      json({ type: 'system', subtype: 'init', session_id: 's', claude_code_version: '2.1.328', model: 'm', ...more });
    const events = of(translate([init({}), init({ uuid: 'other' }), init({ model: 'n' })]), 'session');
    expect(events.map((event) => event.model)).toEqual(['m', 'n']);
  });

  it('makes a notice of a retry, and of a refused credential a reason to stop', () => {
    expect(of(fixture('error-429-once'), 'notice')).toEqual([
      expect.objectContaining({ code: 'api_retry', level: 'warning', text: expect.stringContaining('(1 of 10)') }),
    ]);
    expect(of(fixture('error-401'), 'cli_sign_in_refused').length).toBeGreaterThan(0);
    expect(of(fixture('error-401'), 'notice')).toEqual([]);
  });

  it('tells that room was made in the context, and how much; what the model wrote for that is no answer', () => {
    const events = fixture('compact');
    expect(of(events, 'compaction')).toEqual([
      { type: 'compaction', trigger: 'manual', tokens_before: 13434, tokens_after: expect.any(Number) },
    ]);
    expect(of(events, 'text').map((text) => text.text)).toEqual(['Remember the milk.']);
    const usage = of(events, 'cli_result').at(-1)?.usage;
    expect(usage?.context_tokens).toBe(of(events, 'compaction')[0]?.tokens_after);
  });

  it('gives the answer of a slash command as text', () => {
    expect(of(fixture('slash-context'), 'text').at(-1)?.text).toContain('## Context Usage');
    const line = json({ type: 'system', subtype: 'local_command_output', content: 'Done.', uuid: 'u' });
    expect(translate([line])).toEqual([{ type: 'text', item_id: 'local:u', text: 'Done.' }]);
  });

  it('tells the slash commands when they change, without those that are not for people', () => {
    const commands = [
      { name: 'compact', description: 'Make room', argumentHint: '[instructions]' },
      { name: '__internal', description: 'no' },
      { name: 'init', description: 'Begin', argumentHint: '' },
    ];
    expect(translate([json({ type: 'system', subtype: 'commands_changed', commands })])).toEqual([
      {
        type: 'commands',
        commands: [
          { name: 'compact', description: 'Make room', hint: '[instructions]' },
          { name: 'init', description: 'Begin' },
        ],
      },
    ]);
  });

  it('moves to the new conversation when the old one is cleared', () => {
    const events = translate([json({ type: 'conversation_reset', new_conversation_id: 'new', trigger: 'clear' })]);
    expect(of(events, 'session')).toEqual([{ type: 'session', provider_session_id: 'new' }]);
    expect(of(events, 'notice').map((notice) => notice.code)).toEqual(['conversation_cleared']);
  });

  it('says what the CLI says to a person once, and as loud as it does', () => {
    const says = (more: object) => json({ type: 'system', ...more });
    const lines = [
      says({ subtype: 'notification', text: 'Update soon.', priority: 'low' }),
      says({ subtype: 'notification', text: 'Update soon.', priority: 'low' }),
      says({ subtype: 'notification', text: 'Now!', priority: 'immediate' }),
      says({ subtype: 'model_refusal_fallback', content: 'Another model answers.' }),
    ];
    expect(of(translate(lines), 'notice').map(({ level, code, text }) => [level, code, text])).toEqual([
      ['info', 'cli_notice', 'Update soon.'],
      ['warning', 'cli_notice', 'Now!'],
      ['warning', 'cli_notice', 'Another model answers.'],
    ]);
  });

  it.each(['turn_duration', 'session_title_changed', 'task_summary', 'memory_saved', 'thinking_tokens', 'ui_toast'])(
    'has nothing to say about %s',
    (subtype) => expect(translate([json({ type: 'system', subtype, content: 'x' })])).toEqual([]),
  );

  it('tells how much of the plan is used, and warns once for each window', () => {
    const rate_limit_info = { status: 'allowed_warning', rateLimitType: 'five_hour', utilization: 0.9, resetsAt: 60 };
    const events = translate(Array(3).fill(json({ type: 'rate_limit_event', rate_limit_info })));
    expect(of(events, 'plan_limits')).toEqual([
      {
        type: 'plan_limits',
        limits: [{ id: 'five_hour', label: '5 hours', state: 'warning', used_percent: 90, resets_at: 60_000 }],
      },
    ]);
    expect(of(events, 'notice').map((notice) => notice.code)).toEqual(['rate_limit_near']);
    expect(of(fixture('plan-limit'), 'plan_limits')[0]?.limits).toEqual([
      expect.objectContaining({ id: 'five_hour', state: 'reached' }),
    ]);
  });

  it('notes an unknown kind of line once, with the line', () => {
    const line = json({ type: 'hologram', data: 1 });
    const notices = of(translate(Array(1000).fill(line)), 'notice');
    expect(notices).toEqual([expect.objectContaining({ code: 'unknown_message', level: 'info', raw: line })]);
  });

  it('notes only some of very many unknown kinds', () => {
    const lines = Array.from({ length: 1000 }, (_, at) => json({ type: `kind-${at}` }));
    expect(of(translate(lines), 'notice').length).toBeLessThanOrEqual(20);
  });

  it('does not mistake an unknown line for a sign of life', () => {
    const translator = new Translator({ cwd: '/', now: () => 0 });
    for (const line of ['garbage', json({ type: 'hologram' }), json({ type: 'control_response', response: {} })])
      translator.line(line);
    expect(translator.understood).toBe(0);
    translator.line(json({ type: 'system', subtype: 'status' }));
    expect(translator.understood).toBe(1);
  });

  it('has no unknown line in any recording', () => {
    const names = [
      'think-and-text',
      'parallel-tools',
      'steer',
      'sub-agent',
      'background-command',
      'sub-agent-background',
      'compact',
      'live-command',
      'slash-context',
      'refusal',
      'max-tokens',
    ];
    for (const name of [...names, 'interrupt-with-queued', 'socket-cut', 'plan-approved', 'question']) {
      const codes = of(fixture(name), 'notice').map((notice) => notice.code);
      expect(
        codes.filter((code) => code.startsWith('un')),
        name,
      ).toEqual([]);
    }
  });
});

describe('whatever comes', () => {
  const known = [
    'stream_event',
    'assistant',
    'user',
    'system',
    'result',
    'control_request',
    'control_response',
    'rate_limit_event',
  ];
  const names = [
    'type',
    'subtype',
    'event',
    'message',
    'content',
    'id',
    'index',
    'delta',
    'text',
    'request',
    'input',
    'usage',
  ];
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom<unknown>(
        null,
        true,
        -1,
        0,
        1e300,
        '',
        'text',
        'tool_use',
        'content_block_delta',
        'message_start',
        'can_use_tool',
      ),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 6 }),
    ),
  })).any;

  it('never throws', () => {
    const line = fc.tuple(fc.constantFrom(...known), value).map(([type, rest]) => json({ ...(rest as object), type }));
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string(), fc.json()), { maxLength: 20 }), (lines) => {
        const translator = new Translator({ cwd: '/project', now: () => 0 });
        for (const one of lines) translator.line(one);
        translator.abandon();
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the laws when a recording breaks off anywhere', () => {
    const lines = ['parallel-tools', 'socket-cut', 'sub-agent', 'interrupt-approval'].flatMap((name) =>
      output(recording(name)),
    );
    fc.assert(
      fc.property(fc.nat(lines.length), (length) => {
        const translator = new Translator({ cwd: '/project', now: () => 0 });
        const events = lines.slice(0, length).flatMap((line) => translator.line(line));
        const told = [...events, ...translator.abandon()].filter(
          (event): event is ProviderEvent => !event.type.startsWith('cli_'),
        );
        // Requests are announced by the session, so here nobody made them.
        const laws = brokenLaws(
          told.filter((event) => event.type !== 'approval_withdrawn'),
          0,
        );
        expect(laws).toEqual([]);
      }),
    );
  });
});

describe('a line that is nested very deep', () => {
  const at = fc.constantFrom(
    '"DEEP"',
    '{"type":"DEEP"}',
    '{"type":"hologram","x":"DEEP"}',
    '{"type":"assistant","message":{"id":"m","content":"DEEP"}}',
    '{"type":"assistant","message":{"id":"m","content":[{"type":"tool_use","id":"t","name":"X","input":"DEEP"}]}}',
    '{"type":"stream_event","event":"DEEP"}',
    '{"type":"system","subtype":"init","session_id":"DEEP"}',
    '{"type":"user","tool_use_result":"DEEP","message":{"content":[{"type":"tool_result","tool_use_id":"t"}]}}',
    '{"type":"result","is_error":true,"errors":"DEEP"}',
    '{"type":"control_request","request_id":"r","request":{"subtype":"can_use_tool","tool_name":"X","input":"DEEP"}}',
    '{"type":"control_response","response":{"response":"DEEP"}}',
  );
  const brackets = fc.constantFrom(['[', ']'], ['{"a":', '}'], ['[1,{"b":', '}]']);
  const deep = fc
    .tuple(at, brackets)
    .map(([line, [open, close]]) => line.replace('"DEEP"', `${open?.repeat(10_000)}1${close?.repeat(10_000)}`));

  it('is told with its beginning, throws nothing, and nothing of it is deeper than can be written down', () => {
    fc.assert(
      fc.property(fc.array(deep, { minLength: 1, maxLength: 4 }), (lines) => {
        const events = translate(lines);
        const notices = of(events, 'notice').filter((notice) => notice.code === 'unreadable_line');
        expect(notices.map((notice) => notice.raw?.slice(0, 50))).toEqual(lines.map((line) => line.slice(0, 50)));
        for (const event of events) canonicalJson(event);
      }),
      { numRuns: 50 },
    );
  });

  it('asks for nothing that could be allowed, and is answered', () => {
    const input = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const request = `{"subtype":"can_use_tool","tool_name":"X","input":{"x":${input}}}`;
    const events = translate([`{"type":"control_request","request_id":"r","request":${request}}`]);
    expect(events.map((event) => event.type)).toEqual(['notice', 'cli_request']);
    expect(of(events, 'cli_request')[0]?.requestId).toBe('r');
  });
});
