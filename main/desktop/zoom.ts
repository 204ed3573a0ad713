import { zoomSteps } from '../protocol/desktop.ts';

/** What of a page zooming needs. */
interface Zoomed {
  setZoomFactor(factor: number): void;
}

export interface Zoom {
  now(): number;
  set(factor: number): void;
  /** One step larger (1) or smaller (-1). */
  step(way: 1 | -1): void;
  /** A page that was loaded. */
  apply(page: Zoomed): void;
}

/**
 * How large the pages are, the same in every window: Chromium keeps one size for all pages of an origin.
 * @param changed - hears the new size, after the pages have it.
 */
export function createZoom(initial: number, pages: () => readonly Zoomed[], changed: (factor: number) => void): Zoom {
  let now = nearest(initial);
  function set(factor: number): void {
    const next = nearest(factor);
    if (next === now) return;
    now = next;
    for (const page of pages()) page.setZoomFactor(now);
    changed(now);
  }
  return {
    now: () => now,
    set,
    step: (way) => set(zoomSteps[zoomSteps.indexOf(now) + way] ?? now),
    apply: (page) => page.setZoomFactor(now),
  };
}

const nearest = (factor: number): number =>
  zoomSteps.reduce((best, step) => (Math.abs(step - factor) < Math.abs(best - factor) ? step : best), 1);
