/** The part of `window.history` that is needed; entries that only exist to be gone back from carry how many sheets are open in them. */
export interface BackSteps {
  readonly depth: () => number;
  readonly push: (depth: number) => void;
  readonly go: (by: number) => void;
  /** Runs when everything that a press began has run, e.g. going to another page and putting away the sheet it was chosen in. */
  readonly later: (run: () => void) => void;
  /** Runs when a step that was asked for has long been made, if it ever is. @returns how to call that off. */
  readonly overdue: (run: () => void) => () => void;
}

/**
 * What lies over the page, in the order in which it was opened. On a phone going back is how people put away what came last, so each sheet is one step
 * of the way back; however else it is put away, its step is taken back with it.
 */
export function createLayers({ depth, push, go, later, overdue }: BackSteps) {
  const open: (() => void)[] = [];
  /** What has to wait until a step back that we asked for is made: a browser makes it some time after, and would take back what was done meanwhile. */
  let waiting: (() => void)[] | null = null;
  let callOff = (): void => {};
  const settle = (): void => {
    const surplus = depth() - open.length;
    if (surplus <= 0 || waiting) return;
    waiting = [];
    callOff = overdue(arrive);
    go(-surplus);
  };
  const arrive = (): void => {
    callOff();
    const due = waiting ?? [];
    waiting = null;
    for (const run of due) run();
    for (let at = depth() + 1; at <= open.length; at += 1) push(at);
    settle();
  };
  return {
    /** @param close - puts it away. @returns to be called when it is away. */
    cover(close: () => void): () => void {
      open.push(close);
      if (depth() < open.length && !waiting) push(open.length);
      return () => {
        const at = open.indexOf(close);
        if (at < 0) return;
        open.splice(at, 1);
        later(settle);
      };
    },
    /** Goes to another page: now, or as soon as the step of a sheet that was put away is taken back. */
    still(run: () => void): void {
      if (waiting) waiting.push(run);
      else run();
    },
    /** A step back or forward was made: what lies above it goes, and a step whose sheet is long gone is skipped. */
    moved(): void {
      if (waiting) {
        arrive();
        return;
      }
      const wanted = depth();
      while (open.length > wanted) open.pop()?.();
      settle();
    },
  };
}

type Kept = { readonly over?: number } | null;
const depthNow = (): number => (history.state as Kept)?.over ?? 0;

export const layers = createLayers({
  depth: depthNow,
  push: (over) => history.pushState({ over }, '', location.href),
  go: (by) => history.go(by),
  later: (run) => setTimeout(run, 0),
  overdue: (run) => {
    const timer = setTimeout(run, 1_000);
    return () => clearTimeout(timer);
  },
});

/** The step of a sheet is under the page that was chosen in it: that page takes its place. */
export const isInLayer = (): boolean => depthNow() > 0;
