import type { BrowserContext, Page } from 'playwright';

/** What is read of a trace: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU (Trace Event Format). */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Processor time, microseconds. */
  tdur?: number;
}

/**
 * The longest task of a page's main thread while something is done, milliseconds of processor time: for so long it could not have answered.
 * Other pages of the same process do nothing meanwhile.
 */
export async function longestTask(context: BrowserContext, page: Page, work: () => Promise<unknown>): Promise<number> {
  const devtools = await context.newCDPSession(page);
  const events: TraceEvent[] = [];
  devtools.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline', 'blink.user_timing'] },
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
  return events
    .filter((event) => event.ph === 'X' && /RunTask$/.test(event.name) && threadOf(event) === threadOf(marked))
    .reduce((most, { tdur = 0 }) => Math.max(most, tdur / 1000), 0);
}

const mark = 'quarterdeck-bench';
const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;
