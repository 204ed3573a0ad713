import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { CustomAgent } from '../../../main/protocol/settings.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { useQuery } from '../settings/use-query.ts';
import { AgentForm } from './agent-form.tsx';
import { AgentRow } from './agent-row.tsx';

/** Agents the person added by their command line: the list, and a form to add or change one. */
export function CustomAgents() {
  const client = useClient();
  const { value, problem, loading, reload } = useQuery<{ agents: CustomAgent[] }>('agents_list');
  const [editing, setEditing] = useState<CustomAgent | 'new' | null>(null);
  const [deleting, setDeleting] = useState<CustomAgent | null>(null);
  const agents = value?.agents ?? [];
  const remove = async (agent: CustomAgent): Promise<void> => {
    const answer = await client.request({ type: 'agents_delete', id: agent.id });
    if (!answer.ok) client.report(answer.problem);
    await reload();
  };
  const done = (): void => {
    setEditing(null);
    void reload();
  };
  return (
    <section className="provider-list" data-testid={testIds.customAgents}>
      <header className="section-head">
        <h2>{t.agents.title}</h2>
        {editing === null && (
          <Button
            size="small"
            icon={<Plus size={14} aria-hidden />}
            data-testid={testIds.agentAdd}
            onClick={() => setEditing('new')}
          >
            {t.agents.add}
          </Button>
        )}
      </header>
      <p className="lead">{t.agents.lead}</p>
      {problem && (
        <div className="field-error">
          <ProblemText problem={problem} />
        </div>
      )}
      {editing === 'new' && <AgentForm agent={null} onDone={done} />}
      {(agents.length > 0 || (value && editing !== 'new')) && (
        <ul className="card-list">
          {agents.map((agent) =>
            editing !== 'new' && editing?.id === agent.id ? (
              <li key={agent.id} className="agent-edit">
                <AgentForm agent={agent} onDone={done} />
              </li>
            ) : (
              <AgentRow
                key={agent.id}
                agent={agent}
                onEdit={() => setEditing(agent)}
                onDelete={() => setDeleting(agent)}
              />
            ),
          )}
          {agents.length === 0 && !loading && <li className="card-note">{t.agents.none}</li>}
        </ul>
      )}
      {deleting && (
        <ConfirmDialog
          title={t.agents.deleteTitle(deleting.name)}
          note={t.agents.deleteNote}
          action={t.agents.delete}
          onConfirm={() => void remove(deleting)}
          onClose={() => setDeleting(null)}
        />
      )}
    </section>
  );
}
