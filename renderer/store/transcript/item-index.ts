import type { Item } from './view.ts';

/** Where the items of one turn are, so that a turn of ten thousand is not searched with each event and each word. */
interface ItemIndex {
  readonly tools: Map<string, number>;
  readonly keys: Set<string>;
  /** Items that are in here; those behind them were added since. */
  length: number;
}

const indexes = new WeakMap<readonly Item[], ItemIndex>();

/** A copy that takes the index along. The original makes a new one should it be asked again, because the copy is about to differ. */
export function copyItems(items: readonly Item[]): Item[] {
  const copy = [...items];
  const index = indexes.get(items);
  if (index) {
    indexes.delete(items);
    indexes.set(copy, index);
  }
  return copy;
}

/** Where the tool call is among the items, the last of that name; -1 when it is not there. */
export function toolAt(items: readonly Item[], toolCallId: string): number {
  return indexOf(items).tools.get(toolCallId) ?? -1;
}

export function hasKey(items: readonly Item[], key: string): boolean {
  return indexOf(items).keys.has(key);
}

/** Items are only added or replaced by others of the same name, so what is known stays true. */
function indexOf(items: readonly Item[]): ItemIndex {
  let index = indexes.get(items);
  if (!index) {
    index = { tools: new Map(), keys: new Set(), length: 0 };
    indexes.set(items, index);
  }
  for (; index.length < items.length; index.length += 1) {
    const item = items[index.length]!;
    index.keys.add(item.key);
    if (item.kind === 'tool') index.tools.set(item.toolCallId, index.length);
  }
  return index;
}
