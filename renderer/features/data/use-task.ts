import { useEffect, useState } from 'react';
import type { DataTask, TaskKind, TaskResult } from '../../../main/protocol/data.ts';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { Query } from '../../../main/protocol/queries.ts';
import { useClient } from '../../ui/client-context.ts';

/** How often it is asked how far something is. */
const askMs = 300;

type Begins = Extract<
  Query['type'],
  'backup_make' | 'backup_look' | 'restore_plan' | 'export_everything' | 'retention_run'
>;
type Asked = { [T in Begins]: Omit<Extract<Query, { type: T }>, 'command_id'> }[Begins];

export interface TaskState<K extends TaskKind> {
  readonly task: DataTask | null;
  readonly running: boolean;
  /** What came of it, once it is done. */
  readonly result: TaskResult<K> | null;
  readonly problem: Problem | null;
  begin(asked: Asked): Promise<void>;
}

/**
 * Begins something that takes a while, and follows it to its end.
 * @param found - one that was under way before this was shown.
 * @param onEnd - told once, when it has ended.
 */
export function useTask<K extends TaskKind>(kind: K, found: DataTask | null = null, onEnd?: () => void): TaskState<K> {
  const client = useClient();
  const [begun, setTask] = useState<DataTask | null>(null);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const task = begun ?? (found?.kind === kind && found.state === 'running' ? found : null);
  useEffect(() => {
    if (task?.state !== 'running') return;
    let left = false;
    const timer = setTimeout(async () => {
      const answer = await client.request<DataTask>({ type: 'data_task', task_id: task.task_id });
      if (left) return;
      if (answer.ok) setTask(answer.value);
      else {
        setTask({ ...task, state: 'failed', problem: answer.problem });
      }
      if (!answer.ok || answer.value.state !== 'running') onEnd?.();
    }, askMs);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [client, task, onEnd]);
  return {
    task,
    running: task?.state === 'running',
    result: task?.state === 'done' ? (task.result as TaskResult<K>) : null,
    problem: refusal ?? task?.problem ?? null,
    async begin(asked) {
      setRefusal(null);
      setTask(null);
      const answer = await client.request<DataTask>(asked);
      if (answer.ok) setTask(answer.value);
      else setRefusal(answer.problem);
    },
  };
}
