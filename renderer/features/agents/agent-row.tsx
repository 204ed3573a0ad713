import type { CustomAgent } from '../../../main/protocol/settings.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { formatCommandLine } from './command-line.ts';

export function AgentRow({
  agent,
  onEdit,
  onDelete,
}: {
  agent: CustomAgent;
  onEdit: () => void;
  onDelete: () => void;
}) {
  const variables = [...Object.keys(agent.env), ...(agent.key_variable ? [agent.key_variable] : [])];
  return (
    <li className="key-row" data-testid={testIds.agentRow(agent.id)}>
      <div className="key-text">
        <p className="key-name">{agent.name}</p>
        <p className="agent-line">{formatCommandLine(agent)}</p>
        {variables.length > 0 && <p className="key-facts">{variables.join(' · ')}</p>}
      </div>
      <div className="agent-actions">
        <Button size="small" data-testid={testIds.agentEdit} onClick={onEdit}>
          {t.agents.edit}
        </Button>
        <Button size="small" variant="danger" data-testid={testIds.agentDelete} onClick={onDelete}>
          {t.agents.delete}
        </Button>
      </div>
    </li>
  );
}
