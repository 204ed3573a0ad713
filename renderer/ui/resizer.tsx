import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useStore } from 'zustand';
import { type Pane, paneWidth, paneWidths, setPaneWidth } from '../store/pane-width.ts';
import { testIds } from '../test-ids.ts';

/** What one press of an arrow key moves it, pixels; with Shift, four times that. */
const step = 16;

interface ResizerProps {
  pane: Pane;
  label: string;
  /** Id of the pane it makes wider. */
  controls: string;
  /** On which side of the pane it stands: the pane grows away from it. */
  edge: 'start' | 'end';
}

/** The edge of a pane, to be dragged or moved with the arrow keys. Two clicks, or Enter, bring back the usual width. */
export function Resizer({ pane, label, controls, edge }: ResizerProps) {
  const width = useStore(paneWidth, (widths) => widths[pane]);
  const grip = useRef<{ x: number; width: number } | null>(null);
  const { least, most, usual } = paneWidths[pane];
  // What grows to the right in a script from left to right grows to the left in one from right to left.
  const outward = (element: HTMLElement): number =>
    (edge === 'end' ? 1 : -1) * (getComputedStyle(element).direction === 'rtl' ? -1 : 1);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const by = (event.shiftKey ? 4 : 1) * step * outward(event.currentTarget);
    const moves: Record<string, number> = {
      ArrowRight: width + by,
      ArrowLeft: width - by,
      Home: least,
      End: most,
      Enter: usual,
    };
    const next = moves[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setPaneWidth(pane, next);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    // The window may have left the pane less than it was given.
    const shown = document.getElementById(controls)?.getBoundingClientRect().width ?? width;
    grip.current = { x: event.clientX, width: shown };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const from = grip.current;
    if (from) setPaneWidth(pane, from.width + (event.clientX - from.x) * outward(event.currentTarget));
  };
  const letGo = (): void => {
    grip.current = null;
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule has no value; this is the separator that can be moved
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      title={label}
      aria-controls={controls}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      className={`resizer is-${edge}`}
      data-testid={testIds.resizer(pane)}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onLostPointerCapture={letGo}
      onDoubleClick={() => setPaneWidth(pane, usual)}
    />
  );
}
