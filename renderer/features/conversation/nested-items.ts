import type { Item, TextItem, ToolItem } from '../../store/transcript/view.ts';

export type NestedItem = ToolItem | TextItem;

/** What sub-agents did and said, by the call behind which they did. */
export type ToolChildren = ReadonlyMap<string, readonly NestedItem[]>;

/** Items that belong under a call of the same turn; what names a call nobody knows stands for itself. */
export function childrenOf(items: readonly Item[]): ToolChildren {
  const ids = new Set(items.flatMap((item) => (item.kind === 'tool' ? [item.toolCallId] : [])));
  const children = new Map<string, NestedItem[]>();
  for (const item of items) {
    if (!canNest(item) || item.parentId === null || !ids.has(item.parentId)) continue;
    if (item.kind === 'tool' && item.parentId === item.toolCallId) continue;
    const siblings = children.get(item.parentId);
    if (siblings) siblings.push(item);
    else children.set(item.parentId, [item]);
  }
  return children;
}

/** @param children - of the turn of the item. */
export function isNested(item: Item, children: ToolChildren): boolean {
  if (!canNest(item) || item.parentId === null) return false;
  return children.has(item.parentId) && !(item.kind === 'tool' && item.parentId === item.toolCallId);
}

export interface StepCount {
  readonly all: number;
  readonly running: number;
  readonly failed: number;
}

/** Calls under a call, those of sub-agents of sub-agents included. */
export function countSteps(toolCallId: string, children: ToolChildren): StepCount {
  let all = 0;
  let running = 0;
  let failed = 0;
  const seen = new Set<string>();
  const visit = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const item of children.get(id) ?? []) {
      if (item.kind !== 'tool') continue;
      all += 1;
      if (item.status === 'running') running += 1;
      if (item.status === 'failed') failed += 1;
      visit(item.toolCallId);
    }
  };
  visit(toolCallId);
  return { all, running, failed };
}

function canNest(item: Item): item is NestedItem {
  return item.kind === 'tool' || item.kind === 'text' || item.kind === 'reasoning';
}
