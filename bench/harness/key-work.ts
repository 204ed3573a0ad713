import type { TracedTask } from './traced.ts';

/** The category in which keys and frames are noted. */
export const keyCategory = 'devtools.timeline';

/** What the browser says of one key that writes a letter, but for letting go of it. */
const ofKey: ReadonlySet<string | undefined> = new Set(['keydown', 'keypress', 'textInput', 'beforeinput', 'input']);

const typesIn = ({ events }: TracedTask): (string | undefined)[] =>
  events.filter(({ name }) => name === 'EventDispatch').map(({ args }) => args?.data?.type);

/** The task of a frame puts what was painted into layers. */
const isFrame = ({ events }: TracedTask): boolean => events.some(({ name }) => name === 'Layerize');

/**
 * What each key cost the main thread until its letter could be drawn, milliseconds of processor time: the tasks in which the page hears of it, and
 * the whole of the frame that shows it, with whatever else falls into that. A frame that shows two letters counts for both.
 */
export function keyWork(tasks: readonly TracedTask[]): number[] {
  const costs: number[] = [];
  /** Keys that no frame has shown yet. */
  let open: number[] = [];
  for (const task of tasks) {
    const types = typesIn(task);
    // A key that comes while a frame begins is heard in the task of that frame, which counts once.
    const ms = isFrame(task) ? 0 : task.cpuMs;
    if (types.includes('keydown')) open.push(ms);
    else if (open.length > 0 && types.some((type) => ofKey.has(type))) open[open.length - 1]! += ms;
    if (!isFrame(task)) continue;
    costs.push(...open.map((before) => before + task.cpuMs));
    open = [];
  }
  return costs;
}
