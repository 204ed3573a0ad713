import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenLaws } from '../laws.ts';
import { commonPath, readHunks } from './changes.ts';
import { notifications, project, recording } from './replay-test-support.ts';
import { unwrapCommand } from './shell-command.ts';
import { Translator } from './translate.ts';
import { UsageMeter } from './usage-meter.ts';

const translator = () => new Translator({ cwd: project, now: () => 0 });
const item = (type: string, id: string, more: object = {}) => ({ item: { type, id, ...more } });

describe('items in our words', () => {
  it('takes the whole output of a command from its end: the first lines never come as deltas', () => {
    const one = translator();
    const events = notifications(recording('think-write-edit-command')).flatMap(({ method, params }) =>
      method.startsWith('turn/') ||
      method === 'thread/tokenUsage/updated' ||
      method.startsWith('account/') ||
      method.startsWith('remote') ||
      method === 'configWarning'
        ? []
        : one.notification(method, params),
    );
    const streamed = events.flatMap((event) =>
      event.type === 'item_delta' && event.kind === 'tool_output' ? [event.text] : [],
    );
    expect(streamed.join('')).toBe('line 2\nline 3\n');
    expect(
      events.flatMap((event) =>
        event.type === 'tool_end' ? [[event.output, event.exit_code, event.duration_ms]] : [],
      ),
    ).toEqual([
      [undefined, undefined, 38],
      [undefined, undefined, 34],
      ['line 1\nline 2\nline 3\n', 0, 1086],
    ]);
    expect(
      events.flatMap((event) =>
        event.type === 'file_edit' ? [[event.diff.change, event.diff.added, event.diff.removed]] : [],
      ),
    ).toEqual([
      ['create', 2, 0],
      ['update', 1, 1],
    ]);
    expect(events.filter((event) => event.type === 'notice')).toEqual([]);
  });

  it('tells no more of an output without end than it keeps', () => {
    const one = translator();
    one.notification('item/started', item('commandExecution', 'c', { command: 'yes', cwd: project }));
    const delta = 'y\n'.repeat(50_000);
    const told = Array.from({ length: 30 }, () =>
      one.notification('item/commandExecution/outputDelta', { itemId: 'c', delta }),
    ).flat();
    expect(told).toHaveLength(10);
  });

  it('keeps parts of a summary apart, in the deltas as in the end', () => {
    const one = translator();
    const delta = (summaryIndex: number, delta: string) =>
      one.notification('item/reasoning/summaryTextDelta', { itemId: 'r', summaryIndex, delta });
    const events = [...delta(0, 'One.'), ...delta(1, 'Two.')];
    events.push(...one.notification('item/completed', item('reasoning', 'r', { summary: ['One.', 'Two.'] })));
    expect(events).toEqual([
      { type: 'item_delta', item_id: 'r', kind: 'reasoning', text: 'One.' },
      { type: 'item_delta', item_id: 'r', kind: 'reasoning', text: '\n\nTwo.' },
      { type: 'reasoning', item_id: 'r', text: 'One.\n\nTwo.', duration_ms: 0 },
    ]);
  });

  it('keeps raw thoughts, too, of models that show them', () => {
    const one = translator();
    const events = one.notification('item/reasoning/textDelta', { itemId: 'r', contentIndex: 0, delta: 'Hm.' });
    events.push(
      ...one.notification('item/completed', item('reasoning', 'r', { summary: [], content: ['Hm.', 'So.'] })),
    );
    expect(events.map((event) => ('text' in event ? event.text : event.type))).toEqual([
      'Hm.',
      'Hm.\n\nSo.',
      'Hm.\n\nSo.',
    ]);
    const both = one.notification(
      'item/completed',
      item('reasoning', 's', { summary: ['In short.'], content: ['Long.'] }),
    );
    expect(both.at(-1)).toMatchObject({ type: 'reasoning', text: 'In short.\n\nLong.' });
  });

  it('tells a command that outlives its turn as going on, and its end as a notice', () => {
    const one = translator();
    one.notification('item/started', item('commandExecution', 'c', { command: 'sleep 60' }));
    expect(one.close('completed')).toEqual([expect.objectContaining({ status: 'completed', exit_code: null })]);
    const later = one.late('item/completed', item('commandExecution', 'c', { command: 'sleep 60', exitCode: 0 }));
    expect(later).toEqual([expect.objectContaining({ type: 'notice', code: 'background_ended' })]);
  });

  it('shows a call of an MCP server with its error', () => {
    const one = translator();
    const call = { server: 'github', tool: 'get_issue', arguments: { id: 1 } };
    const events = [
      ...one.notification('item/started', item('mcpToolCall', 'm', call)),
      ...one.notification(
        'item/completed',
        item('mcpToolCall', 'm', { ...call, status: 'failed', error: { message: 'no such issue' } }),
      ),
    ];
    expect(events).toMatchObject([
      { type: 'tool_start', title: 'github: get_issue', input: { id: 1 } },
      { type: 'tool_end', status: 'failed', output: 'no such issue' },
    ]);
  });

  it('keeps an item what it was first, when its id comes again as something else', () => {
    const one = translator();
    const message = { type: 'agentMessage', id: 'b', text: 'Done.' };
    const events = [
      ...one.notification('item/agentMessage/delta', { itemId: 'b', delta: 'Do' }),
      ...one.notification('item/started', { item: { type: 'fileChange', id: 'b', changes: [] } }),
      ...one.notification('item/completed', { item: message }),
      ...one.notification('item/commandExecution/outputDelta', { itemId: 'b', delta: 'late' }),
      ...one.close('completed'),
    ];
    expect(events.map(({ type }) => type)).toEqual(['item_delta', 'notice', 'item_replace', 'text']);
    expect(brokenLaws([...events, { type: 'turn_end', status: 'completed' }], 1)).toEqual([]);
  });

  it('never throws and never breaks a law, whatever comes', () => {
    const types = [
      'agentMessage',
      'reasoning',
      'commandExecution',
      'fileChange',
      'plan',
      'webSearch',
      'mcpToolCall',
      'new',
    ];
    const methods = [
      'item/started',
      'item/completed',
      'item/agentMessage/delta',
      'item/commandExecution/outputDelta',
      'turn/plan/updated',
      'x',
    ];
    const anyItem = fc.record({
      type: fc.constantFrom(...types),
      id: fc.constantFrom('a', 'b', 'c'),
      text: fc.anything(),
      changes: fc.anything(),
      command: fc.anything(),
      status: fc.anything(),
    });
    const anyMessage = fc.record({
      method: fc.constantFrom(...methods),
      params: fc.record({
        item: fc.oneof(anyItem, fc.anything()),
        itemId: fc.constantFrom('a', 'b', 'c'),
        delta: fc.oneof(fc.string(), fc.anything()),
        plan: fc.anything(),
      }),
    });
    fc.assert(
      fc.property(
        fc.array(anyMessage, { maxLength: 30 }),
        fc.constantFrom('completed' as const, 'failed' as const, 'aborted' as const),
        (messages, status) => {
          const one = translator();
          const events = messages.flatMap(({ method, params }) => one.notification(method, params));
          events.push(...one.close(status));
          expect(brokenLaws([...events, { type: 'turn_end', status: 'completed' }], 1)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('the command inside its wrapping', () => {
  it.each([
    ["/bin/bash -lc 'touch u1 && echo made'", 'touch u1 && echo made'],
    [`/bin/zsh -lc "echo \\"a\\" \\$b"`, 'echo "a" $b'],
    ['bash -lc ls', 'ls'],
    [`/bin/bash -c 'it'"'"'s'`, "it's"],
    ["/bin/bash -lc 'one' 'two'", "/bin/bash -lc 'one' 'two'"],
    ["/bin/bash -lc 'open", "/bin/bash -lc 'open"],
    ['/bin/bash -lc "echo $(x)`y`"', '/bin/bash -lc "echo $(x)`y`"'],
    ['git status', 'git status'],
  ])('%s', (line, command) => expect(unwrapCommand(line)).toBe(command));

  it('is what was wrapped, for every command in single quotes', () => {
    fc.assert(
      fc.property(fc.string(), (command) => {
        const quoted = `'${command.replaceAll("'", `'"'"'`)}'`;
        expect(unwrapCommand(`/bin/bash -lc ${quoted}`)).toBe(command);
      }),
    );
  });
});

describe('changes to files', () => {
  it('reads hunks whose lines look like headers', () => {
    const hunks = readHunks(
      '--- a\n+++ b\n@@ -1,2 +1,2 @@\n--- x\n+++ y\n @@ -1 +1 @@\n\\ No newline at end of file\n@@ -9 +9 @@\n-a\n+b\n',
    );
    expect(hunks.map((hunk) => hunk.lines)).toEqual([
      ['--- x', '+++ y', ' @@ -1 +1 @@'],
      ['-a', '+b'],
    ]);
  });

  it('finds the folder that holds all paths', () => {
    expect(commonPath(['/a/b/c', '/a/b/d/e'])).toBe('/a/b');
    expect(commonPath(['/a/b', '/a/bc'])).toBe('/a');
    expect(commonPath(['/a/b'])).toBe('/a/b');
    expect(commonPath([])).toBeUndefined();
  });
});

describe('what a turn used', () => {
  const tokens = (inputTokens: number, outputTokens: number, cachedInputTokens = 0) => ({
    inputTokens,
    outputTokens,
    cachedInputTokens,
    totalTokens: inputTokens + outputTokens,
  });

  it('is counted from its own first request, also in a thread that has a past', () => {
    const meter = new UsageMeter();
    meter.update({ total: tokens(1010, 105, 900), last: tokens(10, 5), modelContextWindow: 1000 });
    meter.update({ total: tokens(1030, 112, 910), last: tokens(20, 7, 10), modelContextWindow: 1000 });
    expect(meter.take()).toEqual({
      type: 'usage',
      input_tokens: 30,
      output_tokens: 12,
      cached_tokens: 10,
      context_tokens: 27,
      context_window: 1000,
    });
    expect(meter.take()).toBeNull();
  });
});
