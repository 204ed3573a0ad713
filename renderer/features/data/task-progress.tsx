import type { DataTask } from '../../../main/protocol/data.ts';
import type { Problem } from '../../../main/protocol/errors.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { ProblemText } from '../../ui/problem-text.tsx';

/** How far something is; a step whose length nobody knows just moves. */
export function TaskProgress({ task }: { task: DataTask | null }) {
  if (task?.state !== 'running') return null;
  const { step, done, total } = task;
  const words = t.data.steps[step];
  return (
    <div className="task-progress" role="status" data-testid={testIds.dataProgress}>
      <span>{words}</span>
      <progress aria-label={words} {...(total > 0 ? { value: done, max: total } : {})} />
    </div>
  );
}

/** Why something did not happen. */
export function TaskProblem({ problem }: { problem: Problem | null }) {
  if (!problem) return null;
  return (
    <div className="field-error" role="alert">
      <ProblemText problem={problem} />
    </div>
  );
}
