import { type FormEvent, useState } from 'react';
import type { CreatedKey } from '../../../main/protocol/access.ts';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { Scope } from '../../../main/protocol/queries.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { ProblemText } from '../../ui/problem-text.tsx';

const scopes = Object.keys(t.settings.scope) as Scope[];

export function KeyForm({ onCreated }: { onCreated: (key: CreatedKey) => void }) {
  const client = useClient();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly Scope[]>(['chat', 'sessions:read', 'sessions:write']);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const answer = await client.request<CreatedKey>({ type: 'keys_create', name: name.trim(), scopes: [...chosen] });
    setBusy(false);
    if (answer.ok) onCreated(answer.value);
    setProblem(answer.ok ? null : answer.problem);
  };
  const toggle = (scope: Scope): void =>
    setChosen(chosen.includes(scope) ? chosen.filter((one) => one !== scope) : [...chosen, scope]);
  return (
    <form className="card key-form" onSubmit={(event) => void submit(event)}>
      <label className="field">
        <span className="field-label">{t.settings.keys.name}</span>
        <input
          className="text-field"
          placeholder={t.settings.keys.namePlaceholder}
          value={name}
          maxLength={200}
          data-testid={testIds.keyName}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <fieldset className="field">
        <legend className="field-label">{t.settings.keys.scopes}</legend>
        {scopes.map((scope) => (
          <label key={scope} className="check-row">
            <input
              type="checkbox"
              checked={chosen.includes(scope) || chosen.includes('admin')}
              disabled={scope !== 'admin' && chosen.includes('admin')}
              data-testid={testIds.keyScope(scope)}
              onChange={() => toggle(scope)}
            />
            <span>{t.settings.scope[scope]}</span>
            <code>{scope}</code>
          </label>
        ))}
      </fieldset>
      {problem && (
        <div className="field-error">
          <ProblemText problem={problem} />
        </div>
      )}
      <div className="form-actions">
        <Button
          type="submit"
          variant="primary"
          disabled={busy || name.trim() === '' || chosen.length === 0}
          data-testid={testIds.keyCreate}
        >
          {t.settings.keys.create}
        </Button>
      </div>
    </form>
  );
}
