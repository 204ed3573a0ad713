import type { DataTask, TaskKind, TaskResult } from '../protocol/data.ts';
import type { Problem } from '../protocol/errors.ts';

/** What a task tells of itself while it runs. */
export type Advance = (step: DataTask['step'], done: number, total: number) => void;

/** A task that ended with something a person has to read. */
export class TaskRefused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

export interface Tasks {
  /** The one that runs, or ended last. */
  current(): DataTask | null;
  /** @returns null while another one runs. */
  begin<K extends TaskKind>(
    kind: K,
    step: DataTask['step'],
    work: (advance: Advance) => Promise<TaskResult<K>>,
  ): DataTask | null;
  /** Resolves when nothing runs. */
  idle(): Promise<void>;
}

/** What takes a while, one at a time: two that read or write the whole database would only slow each other. @param failed - what an error means, for a person. */
export function createTasks(
  id: () => string,
  now: () => number,
  failed: (kind: TaskKind, error: unknown) => Problem,
): Tasks {
  let task: DataTask | null = null;
  let running: Promise<void> = Promise.resolve();
  return {
    current: () => task,
    begin(kind, step, work) {
      if (task?.state === 'running') return null;
      const begun: DataTask = {
        ...{ task_id: id(), kind, state: 'running', step, done: 0, total: 0, started_at: now() },
        ...{ result: null, problem: null },
      };
      task = begun;
      const set = (change: Partial<DataTask>): void => {
        task = { ...(task ?? begun), ...change };
      };
      running = work((at, done, total) => set({ step: at, done, total })).then(
        (result) => set({ state: 'done', result }),
        (error: unknown) =>
          set({ state: 'failed', problem: error instanceof TaskRefused ? error.problem : failed(kind, error) }),
      );
      return begun;
    },
    idle: () => running,
  };
}
