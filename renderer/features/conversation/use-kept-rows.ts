import { type RefObject, useEffect, useState } from 'react';

/** Marks the element of a row; its value is the row's index. */
export const rowAttribute = 'data-row';

/** More selected rows than this are not all kept: the selection of a whole long conversation is what copying and exporting are for. */
const mostKept = 200;

/** The row an element stands in; null: in none. */
function rowOf(node: Node | null, list: HTMLElement): number | null {
  const element = node instanceof Element ? node : (node?.parentElement ?? null);
  const row = element?.closest(`[${rowAttribute}]`);
  return row && list.contains(row) ? Number(row.getAttribute(rowAttribute)) : null;
}

/**
 * Rows that must stay mounted though they are scrolled out of sight: the one with the focus, which would be lost with it, and those between the
 * ends of the selected text, which could not be copied.
 */
export function useKeptRows(list: RefObject<HTMLElement | null>): readonly number[] {
  const [kept, setKept] = useState<readonly number[]>([]);
  useEffect(() => {
    const look = (): void => {
      const box = list.current;
      if (!box) return;
      const rows = new Set<number>();
      const focused = rowOf(document.activeElement, box);
      if (focused !== null) rows.add(focused);
      const selection = document.getSelection();
      const from = selection?.isCollapsed === false ? rowOf(selection.anchorNode, box) : null;
      const to = selection?.isCollapsed === false ? rowOf(selection.focusNode, box) : null;
      if (from !== null && to !== null && Math.abs(from - to) < mostKept) {
        for (let row = Math.min(from, to); row <= Math.max(from, to); row += 1) rows.add(row);
      }
      const next = [...rows].sort((a, b) => a - b);
      setKept((before) =>
        before.length === next.length && before.every((row, at) => row === next[at]) ? before : next,
      );
    };
    document.addEventListener('selectionchange', look);
    document.addEventListener('focusin', look);
    document.addEventListener('focusout', look);
    return () => {
      document.removeEventListener('selectionchange', look);
      document.removeEventListener('focusin', look);
      document.removeEventListener('focusout', look);
    };
  }, [list]);
  return kept;
}
