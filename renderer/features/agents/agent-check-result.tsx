import { CircleCheck } from 'lucide-react';
import type { AgentCheck } from '../../../main/protocol/views.ts';
import { t } from '../../strings/index.ts';
import { told } from '../../strings/said.ts';
import { testIds } from '../../test-ids.ts';
import { Fold } from '../../ui/fold.tsx';

/** How trying an agent went: who it says it is, or what is wrong and what to do. */
export function AgentCheckResult({ check }: { check: AgentCheck }) {
  const { ok, name = '', version = '', models = [], problem } = check;
  if (ok) {
    return (
      <div className="agent-check is-good-text" role="status" data-testid={testIds.agentCheck} data-ok="true">
        <CircleCheck size={16} aria-hidden />
        <div>
          <p>{name === '' ? t.agents.worksUnnamed : t.agents.works(name, version)}</p>
          <p className="agent-models">
            {models.length === 0 ? t.agents.noModels : `${t.agents.models(models.length)}: ${models.join(', ')}`}
          </p>
        </div>
      </div>
    );
  }
  return (
    <div className="field-error" role="status" data-testid={testIds.agentCheck} data-ok="false">
      <div className="problem-text">
        <p className="problem-message">{problem && told(problem).message}</p>
        <p className="problem-next">{problem && told(problem).next}</p>
        {problem?.output && (
          <Fold summary={t.agents.output} className="problem-detail" startOpen>
            {() => <pre className="mono-box">{problem.output}</pre>}
          </Fold>
        )}
      </div>
    </div>
  );
}
