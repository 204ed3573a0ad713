import { Pause, Play, Target } from 'lucide-react';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { useTranscript } from '../conversation/session-context.ts';
import { GoalMeters } from '../goals/goal-meters.tsx';
import { GoalSteps } from '../goals/goal-progress.tsx';
import { useGoalActions } from '../goals/use-goal-actions.ts';
import { Progress } from './progress.tsx';

/** The goal of the session, whole: what is to be reached, how it stands, and everything the agent reported on it. */
export function GoalTab() {
  const goal = useTranscript((view) => view.goal);
  const { pause, resume, busy } = useGoalActions();
  if (!goal || goal.status === 'cancelled')
    return (
      <EmptyNote icon={Target} title={t.panel.noGoal}>
        {t.panel.noGoalNote}
      </EmptyNote>
    );
  const percent = goal.fraction === undefined ? null : Math.round(goal.fraction * 100);
  return (
    <div className="panel-scroll">
      <div className="panel-goal-head">
        <Target size={15} aria-hidden className="goal-icon" />
        <span className="goal-status">{t.goal.status[goal.status]}</span>
        {goal.status === 'active' && (
          <Button size="small" disabled={busy} icon={<Pause size={13} aria-hidden />} onClick={() => void pause()}>
            {t.goal.pause}
          </Button>
        )}
        {(goal.status === 'paused' || goal.status === 'blocked') && (
          <Button size="small" disabled={busy} icon={<Play size={13} aria-hidden />} onClick={() => void resume()}>
            {t.goal.resume}
          </Button>
        )}
      </div>
      <p className="panel-objective">{goal.objective}</p>
      <GoalMeters goal={goal} />
      {percent !== null && <Progress percent={percent} label={t.goal.done(percent)} />}
      {goal.status !== 'active' && goal.reason && <p className="panel-reason">{goal.reason}</p>}
      {goal.progress.length === 0 ? (
        <p className="meter-note">{t.panel.noReports}</p>
      ) : (
        <GoalSteps progress={goal.progress} />
      )}
    </div>
  );
}
