import type { Goal } from '../../../main/protocol/values.ts';
import { formatDateTime, formatMoment } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Fold } from '../../ui/fold.tsx';

/** What the agent reported: the last of it, unless that is `said` above it already, and all of it with its evidence when opened. */
export function GoalProgress({ progress, said }: { progress: Goal['progress']; said: string | undefined }) {
  const last = progress.at(-1);
  if (!last) return null;
  return (
    <Fold
      className="goal-progress"
      testId={testIds.goalProgress}
      summary={
        <>
          <span className="goal-progress-count">{t.goal.progress(progress.length)}</span>
          {last.text !== said && <span className="goal-progress-last">{last.text}</span>}
        </>
      }
    >
      {() => <GoalSteps progress={progress} />}
    </Fold>
  );
}

/** Every report, oldest first, with its evidence. */
export function GoalSteps({ progress }: { progress: Goal['progress'] }) {
  return (
    <ol className="goal-steps">
      {progress.map((step) => (
        <li key={`${step.ts}-${step.text.slice(0, 40)}`}>
          <time dateTime={new Date(step.ts).toISOString()} title={formatDateTime(step.ts)}>
            {formatMoment(step.ts, Date.now())}
          </time>
          <div>
            <p>{step.text}</p>
            {step.evidence && (
              <p className="goal-evidence">
                <span className="visually-hidden">{t.goal.evidence}: </span>
                {step.evidence}
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
