import { describe, expect, it } from 'vitest';
import type { Item, TextItem, ToolItem } from '../../store/transcript/view.ts';
import { foldRuns } from './tool-runs.ts';

const tool = (key: string, change: Partial<ToolItem> = {}): ToolItem => ({
  kind: 'tool',
  key,
  toolCallId: key,
  parentId: null,
  tool: 'Read',
  toolKind: 'read',
  title: key,
  input: {},
  status: 'completed',
  startedAt: 0,
  durationMs: 1,
  exitCode: null,
  output: '',
  outputOmitted: 0,
  diffs: [],
  approvals: [],
  ...change,
});
const words = (kind: 'text' | 'reasoning', key: string): TextItem => ({
  kind,
  key,
  parentId: null,
  text: key,
  partial: false,
  durationMs: null,
});
/** Rows as their keys; a run as the keys of its steps. */
const rows = (items: readonly Item[], nested: readonly string[] = []) =>
  foldRuns(items, (item) => nested.includes(item.key)).map((row) =>
    row.kind === 'run' ? row.steps.map(({ key }) => key) : row.key,
  );

describe('runs of quiet calls', () => {
  it('are folded into one row, with what was thought between them', () => {
    expect(
      rows([words('text', 'a'), tool('1'), words('reasoning', 'r'), tool('2'), tool('3'), words('text', 'b')]),
    ).toEqual(['a', ['1', 'r', '2', '3'], 'b']);
  });

  it('stand one by one while there are few', () => {
    expect(rows([tool('1'), tool('2'), words('text', 'b')])).toEqual(['1', '2', 'b']);
  });

  it('leave what was thought last to what comes after', () => {
    expect(rows([tool('1'), tool('2'), tool('3'), words('reasoning', 'r'), words('text', 'b')])).toEqual([
      ['1', '2', '3'],
      'r',
      'b',
    ]);
  });

  it.each<[string, Partial<ToolItem>]>([
    ['failed', { status: 'failed' }],
    ['still runs', { status: 'running' }],
    ['was refused', { status: 'denied' }],
    ['was asked about', { approvals: ['apr_00000001' as never] }],
    ['runs a command', { toolKind: 'execute' }],
    ['changes a file', { toolKind: 'edit' }],
    ['asks a question', { toolKind: 'question' }],
  ])('never hide a call that %s', (_what, change) => {
    expect(rows([tool('1'), tool('2'), tool('3'), tool('x', change), tool('4')])).toEqual([['1', '2', '3'], 'x', '4']);
  });

  it('know nothing of what is shown under another call', () => {
    expect(rows([tool('1'), tool('n'), tool('2')], ['n'])).toEqual(['1', '2']);
  });

  it('say how many calls of which kind they hold', () => {
    const [run] = foldRuns([tool('1'), tool('2', { toolKind: 'search' }), tool('3')], () => false);
    expect(run).toMatchObject({
      counts: [
        { kind: 'read', count: 2 },
        { kind: 'search', count: 1 },
      ],
    });
  });
});
