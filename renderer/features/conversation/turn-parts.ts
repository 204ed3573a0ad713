import { extendCuts, pieceChars, piecesAt } from '../../markdown/split-pieces.ts';
import type { Item, OpenItem, Turn } from '../../store/transcript/view.ts';
import { childrenOf, isNested, type ToolChildren } from './nested-items.ts';
import { foldRuns, type ToolRun } from './tool-runs.ts';

/** A row of a turn. `growing`: more of it comes. A long text is several rows, of which the first has the key of the text. */
export interface TurnRow<R extends Item | OpenItem | ToolRun = Item | OpenItem | ToolRun> {
  readonly row: R;
  readonly growing: boolean;
}

/** What a turn shows one below the other, runs folded and what sub-agents did put under its call, cut into the rows of the list. */
export interface TurnParts<R extends Item | OpenItem | ToolRun = Item | OpenItem | ToolRun> {
  readonly parts: readonly (readonly TurnRow<R>[])[];
  readonly nested: ToolChildren;
}

/** So many rows of a turn are one row of the list: few enough to be mounted within a frame, enough that most turns are one. */
export const partRows = 24;

type Contents = Pick<Turn, 'items'> & Partial<Pick<Turn, 'open'>>;

interface Finished extends TurnParts<Item | ToolRun> {
  /** How full the last part is, in rows. */
  readonly filled: number;
}

/** By the items, which are never changed in place: the list and each part of a turn ask for the same. */
const known = new WeakMap<readonly Item[], Finished>();
/** The text that grows; there is rarely more than one. */
let growing: { key: string; cuts: ReturnType<typeof extendCuts> } | null = null;

export function partsOfTurn({ items, open = [] }: Contents): TurnParts {
  const finished = finishedParts(items);
  if (open.length === 0) return finished;
  const parts: (readonly TurnRow[])[] = [...finished.parts];
  addRows(parts, finished.filled, open.flatMap(openRows));
  return { parts, nested: finished.nested };
}

/**
 * How many rows of the list a turn is. Rows of a turn are only added or folded at its end, so what stands in a part that is full stays in it.
 * @param turn - undefined: not known yet.
 */
export function partsOf(turn: Contents | undefined): number {
  // Most turns are short, and of those nothing has to be known.
  if (turn === undefined || isShort(turn)) return 1;
  return partsOfTurn(turn).parts.length;
}

function isShort({ items, open = [] }: Contents): boolean {
  if (items.length + open.length > partRows) return false;
  let weight = 0;
  for (const item of items) weight += weightOf(item);
  for (const item of open) weight += weightOf(item);
  return weight <= partRows;
}

/** What is finished of a turn alone. */
export function finishedParts(items: readonly Item[]): Finished {
  const before = known.get(items);
  if (before) return before;
  const nested = childrenOf(items);
  const rows = foldRuns(items, (item) => isNested(item, nested));
  const parts: (readonly TurnRow<Item | ToolRun>[])[] = [[]];
  const filled = addRows(parts, 0, rows.flatMap(finishedRows));
  const found = { parts, nested, filled };
  known.set(items, found);
  return found;
}

/** Puts rows behind those that are there. @returns how full the last part is then. */
function addRows<R extends TurnRow>(parts: (readonly R[])[], filled: number, rows: readonly R[]): number {
  let weight = filled;
  let last = [...(parts.pop() ?? [])];
  for (const row of rows) {
    if (weight >= partRows) {
      parts.push(last);
      last = [];
      weight = 0;
    }
    last.push(row);
    weight += weightOf(row.row);
  }
  parts.push(last);
  return weight;
}

/** A piece of text fills a part by itself. */
function weightOf(row: Item | OpenItem | ToolRun): number {
  return row.kind === 'text' ? Math.max(1, (row.text.length / pieceChars) * partRows) : 1;
}

function finishedRows(row: Item | ToolRun): TurnRow<Item | ToolRun>[] {
  if (row.kind !== 'text' || row.text.length < pieceChars) return [{ row, growing: false }];
  const pieces = piecesAt(row.text, extendCuts(null, row.text).cuts);
  return pieces.map((text, at) => ({
    row: { ...row, key: keyOfPiece(row.key, at), text, partial: row.partial && at === pieces.length - 1 },
    growing: false,
  }));
}

function openRows(item: OpenItem): TurnRow[] {
  if (item.kind !== 'text' || item.text.length < pieceChars) return [{ row: item, growing: true }];
  const cuts = extendCuts(growing?.key === item.key ? growing.cuts : null, item.text);
  growing = { key: item.key, cuts };
  const pieces = piecesAt(item.text, cuts.cuts);
  return pieces.map((text, at) => ({
    row: { ...item, key: keyOfPiece(item.key, at), text },
    growing: at === pieces.length - 1,
  }));
}

/** The key of the text that a piece with this key is of. */
export const wholeKey = (key: string): string => key.replace(/ \d+$/, '');

const keyOfPiece = (key: string, at: number): string => (at === 0 ? key : `${key} ${at}`);
