import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { brokenLaws } from '../laws.ts';
import { plainQuirks } from './agent.ts';
import { recording } from './replay-test-support.ts';
import { Updates } from './updates.ts';
import { fields } from './wire.ts';

const create = () => new Updates({ prefix: 'p', cwd: '/project', now: () => 0, quirks: plainQuirks, name: 'Agent' });

function run(updates: readonly unknown[]): ProviderEvent[] {
  const out: ProviderEvent[] = [];
  const one = create();
  one.begin();
  for (const update of updates) one.update(fields(update), false, out);
  one.runs.close(out);
  one.tools.cancelAll(out);
  return out;
}

const of = <T extends ProviderEvent['type']>(out: readonly ProviderEvent[], type: T) =>
  out.filter((event): event is Extract<ProviderEvent, { type: T }> => event.type === type);

describe('tool calls of an agent', () => {
  it('are held back while their input is still being written, and shown when the next thing comes', () => {
    const out = run([
      {
        sessionUpdate: 'tool_call',
        toolCallId: 't',
        title: 'Preparing…',
        kind: 'edit',
        status: 'pending',
        rawInput: {},
      },
      { sessionUpdate: 'tool_call_update', toolCallId: 't', title: 'Write a.txt', rawInput: { path: 'a.txt' } },
      { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: 'Now.' } },
      { sessionUpdate: 'tool_call_update', toolCallId: 't', status: 'completed', rawOutput: 'ok' },
    ]);
    expect(of(out, 'tool_start')).toEqual([
      expect.objectContaining({ title: 'Write a.txt', input: { path: 'a.txt' }, kind: 'edit' }),
    ]);
    expect(of(out, 'tool_end')).toEqual([expect.objectContaining({ status: 'completed', output: 'ok' })]);
  });

  it('show a file that is made, changed and deleted as what it is', () => {
    const diff = (path: string, oldText: string | null, newText: string, kind?: string) => ({
      sessionUpdate: 'tool_call_update',
      toolCallId: path,
      status: 'completed',
      content: [{ type: 'diff', path, oldText, newText, ...(kind === undefined ? {} : { _meta: { kind } }) }],
    });
    const out = run([
      diff('a', null, 'x\n'),
      diff('/b', 'x\n', 'y\n'),
      diff('c', 'x\n', '', 'delete'),
      diff('d', '', 'x\n', 'add'),
    ]);
    expect(
      of(out, 'file_edit').map(({ diff: { path, change, added, removed } }) => [path, change, added, removed]),
    ).toEqual([
      ['/project/a', 'create', 1, 0],
      ['/b', 'update', 1, 1],
      ['/project/c', 'delete', 0, 1],
      ['/project/d', 'create', 1, 0],
    ]);
  });

  it('keep the output of a command as it was printed, without the fence around it', () => {
    const rows = recording(import.meta.url, 'claude-agent-command-allowed');
    const updates = rows.flatMap((row) =>
      'msg' in row && row.msg.method === 'session/update' ? [row.msg.params.update] : [],
    );
    const out = run(updates);
    expect(of(out, 'tool_end')).toEqual([
      expect.objectContaining({ output: 'line 1\nline 2\nline 3', status: 'completed' }),
    ]);
  });

  it('stream output that comes in pieces beside the content', () => {
    const piece = (data: string) => ({
      sessionUpdate: 'tool_call_update',
      toolCallId: 't',
      _meta: { terminal_output_delta: { data } },
    });
    const out = run([
      { sessionUpdate: 'tool_call', toolCallId: 't', title: 'ls', kind: 'execute', status: 'in_progress' },
      piece('a\n'),
      piece('b\n'),
      {
        sessionUpdate: 'tool_call_update',
        toolCallId: 't',
        status: 'completed',
        _meta: { terminal_exit: { exit_code: 2 } },
      },
    ]);
    expect(of(out, 'item_delta').map((delta) => [delta.kind, delta.text])).toEqual([
      ['tool_output', 'a\n'],
      ['tool_output', 'b\n'],
    ]);
    expect(of(out, 'tool_end')).toEqual([
      expect.objectContaining({ status: 'failed', exit_code: 2, output: 'a\nb\n' }),
    ]);
  });
});

describe('updates of an agent that says anything at all', () => {
  const word = fc.constantFrom('a', 'b', '', 'x'.repeat(300), 7, null);
  const kinds = [
    'agent_message_chunk',
    'agent_thought_chunk',
    'tool_call',
    'tool_call_update',
    'plan',
    'usage_update',
    'available_commands_update',
    'compaction_update',
    'notice',
    'what',
  ];
  const update = fc.record(
    {
      sessionUpdate: fc.constantFrom(...kinds),
      toolCallId: word,
      title: word,
      kind: fc.constantFrom('edit', 'execute', 'odd', 3),
      status: fc.constantFrom('pending', 'in_progress', 'completed', 'failed', 'odd'),
      messageId: word,
      content: fc.oneof(
        fc.jsonValue(),
        fc.record({ type: fc.constant('text'), text: word }),
        fc.array(
          fc.record({
            type: fc.constantFrom('diff', 'content', 'terminal'),
            terminalId: word,
            path: word,
            oldText: word,
            newText: word,
            content: fc.jsonValue(),
          }),
        ),
      ),
      rawInput: fc.jsonValue(),
      rawOutput: fc.jsonValue(),
      entries: fc.jsonValue(),
      used: fc.jsonValue(),
      availableCommands: fc.array(fc.record({ name: word, description: word, input: fc.jsonValue() })),
      _meta: fc.record({
        claudeCode: fc.record({ parentToolUseId: word }),
        terminal_output_delta: fc.oneof(fc.jsonValue(), fc.record({ data: word })),
        terminal_exit: fc.oneof(fc.jsonValue(), fc.record({ exit_code: fc.integer() })),
      }),
      message: word,
    },
    { requiredKeys: ['sessionUpdate'] },
  );

  it('never throw, and never break the laws', () => {
    fc.assert(
      fc.property(fc.array(update), (updates) => {
        expect(brokenLaws([...run(updates), { type: 'turn_end', status: 'completed' }], 1)).toEqual([]);
      }),
    );
  });
});
