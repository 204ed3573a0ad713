import type { Entry, Item, TranscriptView } from '../../store/transcript/view.ts';
import { isNested, type ToolChildren } from './nested-items.ts';
import { finishedParts, wholeKey } from './turn-parts.ts';

/** An item in which something is found. */
export interface FindPlace {
  /** Of the entry it stands in, and which row of the list of a long turn. */
  readonly seq: number;
  readonly part: number;
  /** The item's own. */
  readonly key: string;
  /** Its first event; of what is not known, the entry's. */
  readonly itemSeq: number;
  /** Hits in it. */
  readonly count: number;
  /** What has to be unfolded to see it, by the names under which the list remembers that. */
  readonly opens: readonly string[];
}

/** Hits that are counted at most. */
export const mostHits = 5_000;

type Looked = Pick<TranscriptView, 'entries' | 'turns'>;

/** Every item of a session in which the pattern is found, in the order in which they stand there, also those nobody has scrolled to yet. */
export function findPlaces({ entries, turns }: Looked, pattern: RegExp): readonly FindPlace[] {
  const places: FindPlace[] = [];
  let hits = 0;

  function item(one: Item, at: Omit<FindPlace, 'key' | 'itemSeq' | 'count'>, nested: ToolChildren): void {
    if (hits >= mostHits) return;
    const count = Math.min(countIn(one, pattern), mostHits - hits);
    const itemSeq = ('seq' in one && one.seq) || at.seq;
    if (count > 0) {
      hits += count;
      places.push({ ...at, key: one.key, itemSeq, count, opens: [...at.opens, ...foldOf(one)] });
    }
    if (one.kind !== 'tool') return;
    const opens = [...at.opens, `tool ${one.key}`, `steps ${one.key}`];
    // A call that names itself as the one above it would have no end.
    if (at.opens.length < 40)
      for (const child of nested.get(one.toolCallId) ?? []) item(child, { ...at, opens }, nested);
  }

  function entry(one: Entry, seq: number, opens: readonly string[]): void {
    if (one.kind === 'rewound') {
      for (const inner of one.entries) entry(inner, seq, [...opens, `fold ${one.key}`]);
    } else if (one.kind === 'turn') {
      const turn = turns.get(one.turnId);
      if (!turn) return;
      const { parts, nested } = finishedParts(turn.items);
      for (const [at, part] of parts.entries()) {
        const place = { seq, part: opens.length > 0 ? 0 : at, opens };
        for (const { row } of part) {
          if (row.kind === 'run')
            for (const step of row.steps) item(step, { ...place, opens: [...opens, row.key] }, nested);
          else if (!isNested(row, nested)) item(row, place, nested);
        }
      }
    }
  }

  for (const one of entries) entry(one, one.seq, []);
  return places;
}

function foldOf(item: Item): string[] {
  switch (item.kind) {
    case 'user':
      return [`message ${item.key}`];
    case 'reasoning':
      return [`reasoning ${item.key}`];
    case 'tool':
      return [`tool ${item.key}`];
    default:
      return [];
  }
}

/** Items are never changed in place, so what was counted in one is known until something else is looked for. */
const counted = new WeakMap<Item, { readonly pattern: string; readonly count: number }>();

function countIn(item: Item, pattern: RegExp): number {
  const known = counted.get(item);
  if (known?.pattern === pattern.source) return known.count;
  let count = 0;
  for (const text of textsOf(item)) count += text.match(pattern)?.length ?? 0;
  counted.set(item, { pattern: pattern.source, count });
  return count;
}

function textsOf(item: Item): readonly string[] {
  switch (item.kind) {
    case 'user':
    case 'text':
    case 'reasoning':
      return [item.text];
    case 'tool': {
      const changes = item.diffs.flatMap(({ path, hunks }) => [path, ...hunks.map(({ lines }) => lines.join('\n'))]);
      return [item.title, item.output, ...changes];
    }
    default:
      return [];
  }
}

/** One hit: the place, and which of those in it. */
export interface FindHit {
  readonly place: FindPlace;
  readonly nth: number;
}

export const totalOf = (places: readonly FindPlace[]): number => places.reduce((sum, { count }) => sum + count, 0);

/** @param index - from 0. */
export function hitAt(places: readonly FindPlace[], index: number): FindHit | null {
  let left = index;
  for (const place of places) {
    if (left < place.count) return { place, nth: left };
    left -= place.count;
  }
  return null;
}

/** Index of the first hit of the first place that is wanted; -1: there is none. */
export function indexWhere(places: readonly FindPlace[], wanted: (place: FindPlace) => boolean): number {
  let index = 0;
  for (const place of places) {
    if (wanted(place)) return index;
    index += place.count;
  }
  return -1;
}

/** Where to begin. @param seq - a search found the item with this event, or the last one that began before it. @param top - entry at the top of what is seen. */
export function firstHit(places: readonly FindPlace[], seq: number | null, top: number): number {
  if (places.length === 0) return 0;
  if (seq !== null) {
    const at = places.findLast((place) => place.itemSeq <= seq) ?? places[0];
    // Of a text that is cut into pieces, the first that holds a hit.
    return indexWhere(places, ({ key, seq: entry }) => entry === at?.seq && wholeKey(key) === wholeKey(at.key));
  }
  return Math.max(
    0,
    indexWhere(places, (place) => place.seq >= top),
  );
}
