import type { Problem } from '../../../main/protocol/errors.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';

/** Why something could not be told, and another attempt where one may help. */
export function QueryProblem({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  return (
    <div className="field-error" role="alert">
      <ProblemText problem={problem} />
      {problem.code !== 'forbidden' && (
        <Button size="small" onClick={onRetry}>
          {t.common.tryAgain}
        </Button>
      )}
    </div>
  );
}
