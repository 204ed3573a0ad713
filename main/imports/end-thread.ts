import type { Worker } from 'node:worker_threads';

/**
 * How long the thread may take to end by itself, then to be ended, milliseconds. One that collects garbage for ever, or waits in the system for
 * a file, cannot be ended at all.
 */
const byItselfMs = 2500;
const byForceMs = 1000;

async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(late.resolve, ms, false);
  const settled = promise.then(
    () => true,
    () => true,
  );
  const isSettled = await Promise.race([settled, late.promise]);
  clearTimeout(timer);
  return isSettled;
}

/**
 * Ends a thread within a bound. The end of the process waits for its threads without one: while this one runs, and for good when it could not be
 * ended, an exit kills the process, after all other listeners of `exit`.
 * @param closed - settles when the thread has ended its work.
 * @returns whether it was ended.
 */
export async function endThread(thread: Worker, closed: Promise<unknown>): Promise<boolean> {
  const kill = () => void process.kill(process.pid, 'SIGKILL');
  process.once('exit', kill);
  await settlesWithin(closed, byItselfMs);
  const isEnded = await settlesWithin(thread.terminate(), byForceMs);
  if (isEnded) process.off('exit', kill);
  return isEnded;
}
