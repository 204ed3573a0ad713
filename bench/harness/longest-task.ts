import type { BrowserContext, Page } from 'playwright';
import { tracedTasks } from './traced.ts';

/** The longest task of a page's main thread while something is done, milliseconds of processor time: for so long it could not have answered. */
export async function longestTask(context: BrowserContext, page: Page, work: () => Promise<unknown>): Promise<number> {
  const tasks = await tracedTasks(context, page, work, ['disabled-by-default-devtools.timeline']);
  return tasks.reduce((most, { cpuMs }) => Math.max(most, cpuMs), 0);
}
