import type { Item, Turn } from '../../store/transcript/view.ts';
import { childrenOf, isNested, type ToolChildren } from './nested-items.ts';
import { foldRuns, type ToolRun } from './tool-runs.ts';

/** What a turn shows one below the other, runs folded and what sub-agents did put under its call. */
export interface TurnRows {
  readonly rows: readonly (Item | ToolRun)[];
  readonly nested: ToolChildren;
}

/** So many rows of a turn are one row of the list: few enough to be mounted within a frame, enough that most turns are one. */
export const partRows = 24;

/** By the items, which are never changed in place: the list and each part of a turn ask for the same. */
const known = new WeakMap<readonly Item[], TurnRows>();

export function rowsOf({ items }: Pick<Turn, 'items'>): TurnRows {
  const before = known.get(items);
  if (before) return before;
  const nested = childrenOf(items);
  const found = { rows: foldRuns(items, (item) => isNested(item, nested)), nested };
  known.set(items, found);
  return found;
}

/**
 * How many rows of the list a turn is. Rows of a turn are only added or folded at its end, so what stands in a part that is full stays in it.
 * @param turn - undefined: not known yet.
 */
export function partsOf(turn: Pick<Turn, 'items'> | undefined): number {
  // Most turns are short, and of those nothing has to be known.
  if (turn === undefined || turn.items.length <= partRows) return 1;
  return Math.max(1, Math.ceil(rowsOf(turn).rows.length / partRows));
}
