import { describe, expect, it } from 'vitest';
import type { Item, TextItem, ToolItem } from '../../store/transcript/view.ts';
import { childrenOf, countSteps, isNested } from './nested-items.ts';

const tool = (id: string, parentId: string | null, status: ToolItem['status'] = 'completed'): ToolItem => ({
  kind: 'tool',
  key: id,
  toolCallId: id,
  parentId,
  tool: 'Read',
  toolKind: 'read',
  title: id,
  input: {},
  status,
  startedAt: 0,
  durationMs: null,
  exitCode: null,
  output: '',
  outputOmitted: 0,
  diffs: [],
  approvals: [],
});
const text = (id: string, parentId: string | null): TextItem => ({
  kind: 'text',
  key: id,
  parentId,
  text: id,
  partial: false,
  durationMs: null,
});
const shownAlone = (items: readonly Item[]): string[] => {
  const children = childrenOf(items);
  return items.filter((item) => !isNested(item, children)).map((item) => item.key);
};

describe('what a sub-agent does and says', () => {
  it('stands under its call, in its order, and nowhere else', () => {
    const items = [tool('agent', null), text('a', 'agent'), tool('b', 'agent'), text('c', null)];
    expect(
      childrenOf(items)
        .get('agent')
        ?.map((item) => item.key),
    ).toEqual(['a', 'b']);
    expect(shownAlone(items)).toEqual(['agent', 'c']);
  });

  it('is shown by itself when its call is not known, or is itself', () => {
    expect(shownAlone([tool('a', 'gone'), tool('b', 'b')])).toEqual(['a', 'b']);
  });

  it('is counted with what its own sub-agents do', () => {
    const children = childrenOf([
      tool('agent', null),
      tool('inner', 'agent', 'running'),
      tool('x', 'inner', 'failed'),
      text('t', 'inner'),
    ]);
    expect(countSteps('agent', children)).toEqual({ all: 2, running: 1, failed: 1 });
  });
});
