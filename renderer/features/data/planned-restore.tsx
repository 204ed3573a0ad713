import { useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import { formatSince } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import type { DataCardProps } from './backups.tsx';
import { TaskProblem } from './task-progress.tsx';

/** A restore that waits for the next start, and how the last one went. */
export function PlannedRestore({ overview, onChanged }: DataCardProps) {
  const client = useClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [restarting, setRestarting] = useState(false);
  const { planned_restore: planned, last_restore: last, can_restart } = overview;
  const words = t.data.restore;
  const ask = async (type: 'restart' | 'restore_cancel'): Promise<void> => {
    const answer = await client.request({ type });
    setProblem(answer.ok ? null : answer.problem);
    if (type === 'restore_cancel') onChanged();
    else setRestarting(answer.ok);
  };
  if (!planned) {
    return last?.ok ? <p className="field-note">{words.last(last.message, formatSince(last.at, Date.now()))}</p> : null;
  }
  return (
    <div className="planned-restore" role="status" data-testid={testIds.restorePlanned}>
      <p>{words.planned(planned.name)}</p>
      <p className="field-note">{restarting ? words.restarting : can_restart ? words.plannedNote : words.byHand}</p>
      <div className="card-actions">
        {can_restart && <Button onClick={() => void ask('restart')}>{words.restartNow}</Button>}
        <Button variant="quiet" data-testid={testIds.restoreCancel} onClick={() => void ask('restore_cancel')}>
          {words.cancel}
        </Button>
      </div>
      <TaskProblem problem={problem} />
    </div>
  );
}
