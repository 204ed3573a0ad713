import type { ToolKind } from '../../../main/protocol/values.ts';
import type { Item, TextItem, ToolItem } from '../../store/transcript/view.ts';

/** Calls in a row that only looked at things, with what was thought between them: one line with a count says enough. */
export interface ToolRun {
  readonly kind: 'run';
  readonly key: string;
  readonly steps: readonly (ToolItem | TextItem)[];
  /** Calls by kind, the most frequent first. */
  readonly counts: readonly { readonly kind: ToolKind; readonly count: number }[];
}

/** Fewer are shown one by one. */
const leastCalls = 3;
/** Kinds of which a person does not have to see each call: they change nothing, and what they find is said in the answer. */
const quietKinds: ReadonlySet<ToolKind> = new Set(['read', 'search', 'fetch', 'think']);

/**
 * Folds runs of quiet calls. What failed, was refused, was asked about, or is still running stands for itself, and so does everything that
 * changes or runs something.
 * @param isNested - items that are shown under another call.
 */
export function foldRuns(items: readonly Item[], isNested: (item: Item) => boolean): readonly (Item | ToolRun)[] {
  const rows: (Item | ToolRun)[] = [];
  let steps: (ToolItem | TextItem)[] = [];
  const close = (): void => {
    // What was thought after the last call belongs to what comes next.
    const lastCall = steps.findLastIndex((step) => step.kind === 'tool');
    const run = steps.slice(0, lastCall + 1);
    const calls = run.filter((step): step is ToolItem => step.kind === 'tool');
    if (calls.length >= leastCalls)
      rows.push({ kind: 'run', key: `run ${run[0]!.key}`, steps: run, counts: counted(calls) });
    else rows.push(...run);
    rows.push(...steps.slice(lastCall + 1));
    steps = [];
  };
  for (const item of items) {
    if (isNested(item)) continue;
    if (isQuiet(item)) steps.push(item);
    else {
      close();
      rows.push(item);
    }
  }
  close();
  return rows;
}

function isQuiet(item: Item): item is ToolItem | TextItem {
  if (item.kind === 'reasoning') return true;
  return (
    item.kind === 'tool' &&
    quietKinds.has(item.toolKind) &&
    item.status === 'completed' &&
    item.approvals.length === 0 &&
    item.diffs.length === 0
  );
}

function counted(calls: readonly ToolItem[]): ToolRun['counts'] {
  const counts = new Map<ToolKind, number>();
  for (const { toolKind } of calls) counts.set(toolKind, (counts.get(toolKind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count);
}
