import type { BrowserContext, Page } from 'playwright';

/** What is read of a trace: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU (Trace Event Format). */
export interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** When it began, microseconds. */
  ts: number;
  /** How long it took by the clock, microseconds. */
  dur?: number;
  /** Processor time, microseconds. */
  tdur?: number;
  args?: { data?: { type?: string } };
}

const mark = 'quarterdeck-bench';
const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;
const isTask = ({ ph, name }: TraceEvent): boolean => ph === 'X' && /RunTask$/.test(name);

/** One task of a page's main thread. */
export interface TracedTask {
  /** Milliseconds of processor time: what else runs on the machine meanwhile is not in it. */
  readonly cpuMs: number;
  /** What was noted within it, in order. */
  readonly events: readonly TraceEvent[];
}

/**
 * The tasks of a page's main thread while something is done, in order. Other pages of the same process do nothing meanwhile.
 * @param more - categories besides those that tasks and their parts are noted in.
 */
export async function tracedTasks(
  context: BrowserContext,
  page: Page,
  work: () => Promise<unknown>,
  more: readonly string[] = [],
): Promise<TracedTask[]> {
  const devtools = await context.newCDPSession(page);
  const events: TraceEvent[] = [];
  devtools.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'blink.user_timing', ...more] },
  });
  // Several pages may share a process, and every process has a main thread: this says which is meant.
  await page.evaluate((name) => performance.mark(name), mark);
  await work();
  const complete = new Promise((done) => devtools.once('Tracing.tracingComplete', done));
  await devtools.send('Tracing.end');
  await complete;
  await devtools.detach();
  const marked = events.find(({ name }) => name === mark);
  if (!marked) throw new Error('The trace does not hold the thread of the page.');
  return tasksOf(events.filter((event) => threadOf(event) === threadOf(marked)));
}

/**
 * The clock of a thread's processor time goes on by whole ticks of the kernel at times, 4 ms for a task of 1; no task takes more of it than it takes
 * by the other clock.
 */
const cpuMsOf = ({ dur = 0, tdur = 0 }: TraceEvent): number => Math.min(dur, tdur) / 1000;

/** Exported for its test. @param events - of one thread, in any order. */
export function tasksOf(events: readonly TraceEvent[]): TracedTask[] {
  const tasks: { end: number; cpuMs: number; events: TraceEvent[] }[] = [];
  // What holds another one comes before it.
  for (const event of [...events].sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    const last = tasks.at(-1);
    const within = last !== undefined && event.ts < last.end;
    if (isTask(event)) {
      // Chromium notes a task twice, one within the other.
      if (!within) tasks.push({ end: event.ts + (event.dur ?? 0), cpuMs: cpuMsOf(event), events: [] });
    } else if (within) last.events.push(event);
  }
  return tasks;
}
