import { type KeyboardEvent, type MouseEvent, type PointerEvent, useLayoutEffect, useRef } from 'react';
import { useRemembered } from '../../ui/remembered.ts';
import type { DiffRow } from './diff-rows.ts';
import type { ViewRow } from './view-rows.ts';

/** Lines that are chosen, by their places in the diff, so that they stay chosen when it is laid out anew. `head`: where the keyboard is. */
interface Choice {
  readonly anchor: number;
  readonly head: number;
  readonly state: 'chosen' | 'writing' | 'put';
}

interface LineChoiceOptions {
  /** Null: lines are only looked at. */
  id: string | null;
  rows: readonly DiffRow[];
  view: readonly ViewRow[];
  /** Rows that are shown; the rest is folded. */
  limit: number;
}

const placeOf = (row: ViewRow | undefined): number => row?.left ?? row?.right ?? 0;

/** Choosing lines of a diff: a click, a drag over the line numbers, Shift and a click, or the arrow keys. */
export function useLineChoice({ id, rows, view, limit }: LineChoiceOptions) {
  const [choice, setChoice] = useRemembered<Choice | null>(id === null ? null : `comment ${id}`, null);
  const box = useRef<HTMLDivElement>(null);
  const drag = useRef<{ anchor: number; moved: boolean } | null>(null);
  const takesFocus = useRef(false);
  const isLine = (at: number): boolean => {
    const row = view[at];
    return at >= 0 && at < limit && row !== undefined && rows[placeOf(row)]?.kind !== 'skip';
  };
  const rowOf = (place: number): number => view.findIndex(({ left, right }) => left === place || right === place);
  const anchor = choice ? rowOf(choice.anchor) : -1;
  const head = choice ? rowOf(choice.head) : -1;
  const [from, to] = anchor < head ? [anchor, head] : [head, anchor];
  // Tab comes to the first line before any was chosen.
  const current = id === null ? -1 : head >= 0 ? head : view.findIndex((_, at) => isLine(at));

  const choose = (first: number, last: number, state: Choice['state'] = 'chosen'): void =>
    setChoice({ anchor: placeOf(view[first]), head: placeOf(view[last]), state });
  useLayoutEffect(() => {
    if (!takesFocus.current) return;
    takesFocus.current = false;
    const row = box.current?.querySelector<HTMLElement>(`[data-row="${current}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const target = event.target as HTMLElement;
    if (target.dataset.row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && choice) {
      event.preventDefault();
      event.stopPropagation();
      takesFocus.current = true;
      setChoice(null);
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(anchor >= 0 ? anchor : current, current, 'writing');
      return;
    }
    const next = nextLine(event.key, current, limit, isLine);
    if (next === null) return;
    event.preventDefault();
    takesFocus.current = true;
    choose(event.shiftKey ? (anchor >= 0 ? anchor : current) : next, next);
  };
  const rowAt = (event: { target: EventTarget }): number => {
    const row = (event.target as Element).closest<HTMLElement>('[data-row]');
    return row && box.current?.contains(row) ? Number(row.dataset.row) : -1;
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const at = rowAt(event);
    const onNumber = (event.target as Element).closest('.diff-number') !== null;
    if (at < 0 || !onNumber || event.button !== 0 || event.pointerType !== 'mouse' || event.shiftKey) return;
    // Line numbers choose lines; text of the rows between is not to be marked on the way.
    event.preventDefault();
    drag.current = { anchor: at, moved: false };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const at = rowAt(event);
    if (
      !drag.current ||
      !isLine(at) ||
      (event.buttons & 1) === 0 ||
      (at === drag.current.anchor && !drag.current.moved)
    )
      return;
    drag.current.moved = true;
    if (at !== head || anchor !== drag.current.anchor) choose(drag.current.anchor, at);
  };
  const onPointerUp = (): void => {
    const from = drag.current;
    drag.current = null;
    if (from?.moved && head >= 0) choose(from.anchor, head, 'writing');
  };
  const onClick = (event: MouseEvent<HTMLDivElement>): void => {
    const at = rowAt(event);
    // What is marked with the mouse is to be copied.
    if (!isLine(at) || (document.getSelection()?.isCollapsed === false && !event.shiftKey)) return;
    if (event.shiftKey && anchor >= 0) {
      document.getSelection()?.removeAllRanges();
      choose(anchor, at, 'writing');
    } else choose(at, at, 'writing');
  };
  const settle = (state: 'chosen' | 'put'): void => {
    if (!choice) return;
    takesFocus.current = true;
    setChoice({ ...choice, state });
  };
  const handlers = id === null ? {} : { onKeyDown, onPointerDown, onPointerMove, onPointerUp, onClick };
  return { box, handlers, from, to, current, state: choice && head >= 0 && anchor >= 0 ? choice.state : null, settle };
}

function nextLine(key: string, from: number, limit: number, isLine: (at: number) => boolean): number | null {
  const [start, by] =
    key === 'ArrowDown'
      ? [from + 1, 1]
      : key === 'ArrowUp'
        ? [from - 1, -1]
        : key === 'Home'
          ? [0, 1]
          : key === 'End'
            ? [limit - 1, -1]
            : [-1, 0];
  if (by === 0) return null;
  for (let at = start; at >= 0 && at < limit; at += by) if (isLine(at)) return at;
  return null;
}
