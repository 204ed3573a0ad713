import type { Problem } from '../../main/protocol/errors.ts';
import { t } from '../strings/index.ts';
import { told } from '../strings/said.ts';
import { Fold } from './fold.tsx';

/** What happened, what it means, what to do next; technical detail on demand. */
export function ProblemText({ problem }: { problem: Problem }) {
  const { message, impact, next } = told(problem);
  return (
    <div className="problem-text">
      <p className="problem-message">{message}</p>
      {impact && <p className="problem-impact">{impact}</p>}
      {next && <p className="problem-next">{next}</p>}
      {problem.detail && (
        <Fold summary={t.error.detail} className="problem-detail">
          {() => <pre className="mono-box">{problem.detail}</pre>}
        </Fold>
      )}
    </div>
  );
}
