import { type FormEvent, useRef, useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { CustomAgent } from '../../../main/protocol/settings.ts';
import type { AgentCheck } from '../../../main/protocol/views.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useProviders } from '../../ui/client-context.ts';
import { useHomeFolder } from '../../ui/home-folder.ts';
import { ProblemText } from '../../ui/problem-text.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { AgentCheckResult } from './agent-check-result.tsx';
import { type AgentDraft, agentOf, draftOf, emptyDraft, nameOf } from './agent-draft.ts';
import { EnvRows } from './env-rows.tsx';
import { suggestions } from './suggestions.ts';

/** Adds an agent, or changes one. Saving does not need it to work: a program may be installed later. */
export function AgentForm({ agent, onDone }: { agent: CustomAgent | null; onDone: () => void }) {
  const client = useClient();
  const home = useHomeFolder();
  const providers = useProviders((view) => view.list);
  const [draft, setDraft] = useState<AgentDraft>(() => (agent === null ? emptyDraft : draftOf(agent)));
  const [asked, setAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const [check, setCheck] = useState<AgentCheck | 'running' | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saving, setSaving] = useState(false);
  const taken = new Set<string>(providers.map((provider) => provider.id));
  const { agent: written, problems } = agentOf(draft, { id: agent?.id ?? null, taken, home });
  const change = (part: Partial<AgentDraft>): void => {
    setDraft({ ...draft, ...part });
    if (check !== 'running') setCheck(null);
  };
  /** Says what is wrong, also when that stands there already: the focus goes to it. */
  const isReady = (): boolean => {
    setAsked(true);
    if (written !== null) return true;
    // Once it is marked.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    return false;
  };
  const test = async (): Promise<void> => {
    if (!isReady() || written === null) return;
    setCheck('running');
    setProblem(null);
    const answer = await client.request<AgentCheck>({ type: 'agents_test', agent: written });
    setCheck(answer.ok ? answer.value : null);
    if (!answer.ok) setProblem(answer.problem);
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isReady() || written === null) return;
    setSaving(true);
    const answer = await client.request({ type: 'agents_save', agent: written });
    setSaving(false);
    if (answer.ok) onDone();
    else setProblem(answer.problem);
  };
  const shownLine = asked || draft.line.trim() !== '' ? problems?.line : undefined;
  const bad = asked ? (problems?.bad ?? null) : null;
  const wrong = shownLine ?? (asked ? problems?.rows : undefined);
  return (
    <form
      ref={form}
      className={agent === null ? 'card agent-form' : 'agent-form'}
      aria-label={agent === null ? t.agents.addTitle : t.agents.editTitle(agent.name)}
      autoComplete="off"
      data-testid={testIds.agentForm}
      onSubmit={(event) => void save(event)}
    >
      <h2>{agent === null ? t.agents.addTitle : t.agents.editTitle(agent.name)}</h2>
      {agent === null && (
        <div className="field">
          <span className="field-label">{t.agents.suggestions}</span>
          <div className="agent-suggestions">
            {suggestions.map((one) => (
              <Button
                key={one.name}
                size="small"
                title={one.command}
                data-testid={testIds.agentSuggestion(one.name)}
                onClick={() => change({ name: one.name, line: one.command, keyVariable: one.keyVariable ?? '' })}
              >
                {one.name}
              </Button>
            ))}
          </div>
        </div>
      )}
      <label className="field">
        <span className="field-label">{t.agents.command}</span>
        <input
          className="text-field is-mono"
          placeholder={t.agents.commandPlaceholder}
          spellCheck={false}
          autoCapitalize="none"
          value={draft.line}
          maxLength={10_000}
          aria-invalid={shownLine !== undefined}
          // biome-ignore lint/a11y/noAutofocus: the person asked for this form.
          autoFocus
          data-testid={testIds.agentCommand}
          onChange={(event) => change({ line: event.target.value })}
        />
        <span className="field-note">{t.agents.commandNote}</span>
      </label>
      <label className="field">
        <span className="field-label">{t.agents.name}</span>
        <input
          className="text-field"
          placeholder={written === null ? t.agents.namePlaceholder : nameOf(written.command, written.args)}
          value={draft.name}
          maxLength={100}
          data-testid={testIds.agentName}
          onChange={(event) => change({ name: event.target.value })}
        />
      </label>
      <EnvRows rows={draft.rows} bad={bad} onChange={(rows) => change({ rows })} />
      <label className="field">
        <span className="field-label">{t.agents.keyVariable}</span>
        <input
          className="text-field is-mono"
          placeholder={t.agents.keyVariablePlaceholder}
          spellCheck={false}
          autoCapitalize="none"
          value={draft.keyVariable}
          aria-invalid={draft.keyVariable !== '' && draft.keyVariable.trim() === bad}
          data-testid={testIds.agentKeyVariable}
          onChange={(event) => change({ keyVariable: event.target.value })}
        />
        <span className="field-note">{t.agents.keyVariableNote}</span>
      </label>
      {wrong !== undefined && (
        <p className="field-error" role="alert" data-testid={testIds.agentWrong}>
          {wrong}
        </p>
      )}
      {check !== null && check !== 'running' && <AgentCheckResult check={check} />}
      {problem && (
        <div className="field-error">
          <ProblemText problem={problem} />
        </div>
      )}
      <div className="form-actions agent-form-actions">
        <Button
          title={t.agents.testNote}
          icon={check === 'running' ? <Spinner /> : undefined}
          disabled={check === 'running'}
          data-testid={testIds.agentTest}
          onClick={() => void test()}
        >
          {check === 'running' ? t.agents.testing : t.agents.test}
        </Button>
        <span className="agent-form-space" />
        <Button onClick={onDone}>{t.common.cancel}</Button>
        <Button type="submit" variant="primary" disabled={saving} data-testid={testIds.agentSave}>
          {saving ? t.agents.saving : t.agents.save}
        </Button>
      </div>
    </form>
  );
}
