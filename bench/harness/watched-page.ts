import type { BrowserContext, Page } from 'playwright';

/** What the watcher keeps in a page. Times are the page's `performance.now()`, milliseconds. */
export interface Watched {
  benchArrivals: [number, string][];
  benchTurnOver: () => void;
  /** When each frame was drawn, since the last time this was emptied. */
  benchFrames: number[];
}

/** Runs in the page before anything else of it: notes when each frame with text arrives, and says when a turn is over. */
function watchFrames(): void {
  const page = window as unknown as Watched & { WebSocket: typeof WebSocket };
  page.benchArrivals = [];
  const Original = page.WebSocket;
  page.WebSocket = class extends Original {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }: MessageEvent<string>) => {
        const at = performance.now();
        if (data.includes('text_delta') || data.includes('"text"')) page.benchArrivals.push([at, data]);
        if (data.includes('"turn_end"') || data.startsWith('{"type":"result"')) page.benchTurnOver();
      });
    }
  };
}

/** A page that is watched. */
export interface Opened {
  page: Page;
  over: { next: () => void };
  /** How long the tasks of its main thread have run since it began, milliseconds of processor time. */
  busyMs: () => Promise<number>;
  /** What its scripts hold after everything was cleared away that nothing holds, MB. */
  heapMb: () => Promise<number>;
}

/** @param hears - notes when text arrives and when turns end, which costs the page something with each frame. */
export async function openPage(context: BrowserContext, hears = false): Promise<Opened> {
  const page = await context.newPage();
  const over = { next: () => {} };
  if (hears) {
    await page.exposeBinding('benchTurnOver', () => over.next());
    await page.addInitScript(watchFrames);
  }
  const devtools = await context.newCDPSession(page);
  // Processor time of the thread: what else runs on the machine meanwhile is not the page's.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busyMs = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
  const heapMb = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 1e6;
  };
  return { page, over, busyMs, heapMb };
}

/** Begins to note when frames are drawn. */
export function watchDrawing(page: Page): Promise<void> {
  return page.evaluate(() => {
    const watched = window as unknown as Watched;
    watched.benchFrames = [];
    const note = (at: number): void => {
      watched.benchFrames.push(at);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
}

/** A screen that draws 60 times a second. */
const frameMs = 1000 / 60;

export interface Drawn {
  /** The longest time between two frames, milliseconds. */
  worst: number;
  /** Frames in which nothing could be drawn. */
  dropped: number;
}

/** How evenly frames were drawn, of which these are the times. */
export function drawnOf(times: readonly number[]): Drawn {
  let worst = 0;
  let dropped = 0;
  for (let at = 1; at < times.length; at += 1) {
    const gap = times[at]! - times[at - 1]!;
    worst = Math.max(worst, gap);
    dropped += Math.max(0, Math.round(gap / frameMs) - 1);
  }
  return { worst, dropped };
}
