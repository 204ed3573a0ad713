import fuzzysort from 'fuzzysort';
import { t } from '../../strings/index.ts';
import type { PaletteItem } from './palette-items.ts';

/** Rows that are shown at most: who needs more types another letter. */
const mostRows = 50;
/** Below this, letters were only found scattered about. From 0, nothing in common, to 1, the same. */
const leastScore = 0.3;

export interface PaletteRow {
  readonly item: PaletteItem;
  /** Indexes of the letters of the label that were typed. */
  readonly marked: ReadonlySet<number>;
}

const none: ReadonlySet<number> = new Set();

/**
 * The rows for what was typed, best first. With nothing typed: in their own order, without those that are typed for. Words that match nothing can
 * still be looked for in what was said.
 */
export function matchItems(items: readonly PaletteItem[], typed: string): readonly PaletteRow[] {
  const words = typed.trim();
  if (words === '')
    return items
      .filter((item) => !item.typedFor)
      .slice(0, mostRows)
      .map((item) => ({ item, marked: none }));
  const found = fuzzysort.go(words, items, {
    keys: [(item: PaletteItem) => item.label, (item: PaletteItem) => item.note ?? ''],
    limit: mostRows - 1,
    threshold: leastScore,
  });
  const search: PaletteItem = { id: 'search', group: 'go', label: t.palette.search(words), does: { type: 'search' } };
  return [
    ...found.map((result) => ({ item: result.obj, marked: new Set(result[0]?.indexes ?? []) })),
    { item: search, marked: none },
  ];
}
