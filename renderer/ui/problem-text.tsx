import type { Problem } from '../../main/protocol/errors.ts';
import { t } from '../strings/index.ts';
import { Fold } from './fold.tsx';

/** What happened, what it means, what to do next; technical detail on demand. */
export function ProblemText({ problem }: { problem: Problem }) {
  return (
    <div className="problem-text">
      <p className="problem-message">{problem.message}</p>
      {problem.impact && <p className="problem-impact">{problem.impact}</p>}
      {problem.next && <p className="problem-next">{problem.next}</p>}
      {problem.detail && (
        <Fold summary={t.error.detail} className="problem-detail">
          {() => <pre className="mono-box">{problem.detail}</pre>}
        </Fold>
      )}
    </div>
  );
}
