import { type FormEvent, useState } from 'react';
import type { CreatedKey } from '../../../main/protocol/access.ts';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { Scope } from '../../../main/protocol/queries.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { ProblemText } from '../../ui/problem-text.tsx';
import { type Expiry, expiresAt } from '../access/expiry.ts';
import { ExpiryField } from '../access/expiry-field.tsx';
import { restrictionsOf, unrestricted } from '../access/restrictions.ts';
import { RestrictionsField } from '../access/restrictions-field.tsx';
import { ScopePicker } from '../access/scope-picker.tsx';

interface KeyFormProps {
  onCreated: (key: CreatedKey) => void;
  onCancel: () => void;
}

export function KeyForm({ onCreated, onCancel }: KeyFormProps) {
  const client = useClient();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(['chat', 'sessions:read']);
  const [expiry, setExpiry] = useState<Expiry | 'keep'>('quarter');
  const [where, setWhere] = useState(unrestricted);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const restrictions = restrictionsOf(where);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!restrictions) return;
    setBusy(true);
    const answer = await client.request<CreatedKey>({
      type: 'keys_create',
      name: name.trim(),
      scopes: [...scopes],
      restrictions,
      expires_at: expiresAt(expiry, Date.now()),
    });
    setBusy(false);
    if (answer.ok) onCreated(answer.value);
    setProblem(answer.ok ? null : answer.problem);
  };
  return (
    <form className="card key-form" onSubmit={(event) => void submit(event)}>
      <h2>{t.access.keys.new}</h2>
      <div className="form-row">
        <label className="field">
          <span className="field-label">{t.access.keys.name}</span>
          <input
            className="text-field"
            placeholder={t.access.keys.namePlaceholder}
            value={name}
            maxLength={200}
            autoComplete="off"
            data-testid={testIds.keyName}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <ExpiryField value={expiry} onChange={setExpiry} />
      </div>
      <fieldset className="field">
        <legend className="field-label">{t.access.rights}</legend>
        <ScopePicker chosen={scopes} onChange={setScopes} />
      </fieldset>
      <RestrictionsField value={where} onChange={setWhere} />
      {!restrictions && <p className="field-note">{t.access.nothingChosen}</p>}
      {problem && (
        <div className="field-error" role="alert">
          <ProblemText problem={problem} />
        </div>
      )}
      <div className="form-actions">
        <Button onClick={onCancel}>{t.common.cancel}</Button>
        <Button
          type="submit"
          variant="primary"
          disabled={busy}
          off={(name.trim() === '' || scopes.length === 0 || !restrictions) && t.off.incomplete}
          data-testid={testIds.keyCreate}
        >
          {t.access.keys.create}
        </Button>
      </div>
    </form>
  );
}
