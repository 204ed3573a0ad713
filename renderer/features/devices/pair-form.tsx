import { type FormEvent, useState } from 'react';
import type { PairingOffer, Restrictions } from '../../../main/protocol/access.ts';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { Scope } from '../../../main/protocol/queries.ts';
import type { Request } from '../../store/client.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { ProblemText } from '../../ui/problem-text.tsx';
import { type Expiry, expiresAt } from '../access/expiry.ts';
import { ExpiryField } from '../access/expiry-field.tsx';
import { restrictionsOf, unrestricted } from '../access/restrictions.ts';
import { RestrictionsField } from '../access/restrictions-field.tsx';
import { presets } from '../access/scope-groups.ts';
import { PresetChoice } from './preset-choice.tsx';

/** What a pairing is asked for with, so that it can be asked for again once its time is over. */
export interface PairingRequest {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly restrictions: Restrictions;
  readonly expiry: Expiry | 'keep';
}

export const pairingQuery = ({ name, scopes, restrictions, expiry }: PairingRequest): Request => ({
  type: 'pairing_create',
  name,
  scopes: [...scopes],
  restrictions,
  expires_at: expiresAt(expiry, Date.now()),
});

interface PairFormProps {
  onOffer: (request: PairingRequest, offer: PairingOffer) => void;
  onCancel: () => void;
}

/** What the device will be called and may do; all of it is decided here, before there is a code. */
export function PairForm({ onOffer, onCancel }: PairFormProps) {
  const client = useClient();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(presets.everyday);
  const [expiry, setExpiry] = useState<Expiry | 'keep'>('never');
  const [where, setWhere] = useState(unrestricted);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const restrictions = restrictionsOf(where);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!restrictions) return;
    const request = { name: name.trim(), scopes, restrictions, expiry };
    setBusy(true);
    const answer = await client.request<PairingOffer>(pairingQuery(request));
    setBusy(false);
    if (answer.ok) onOffer(request, answer.value);
    else setProblem(answer.problem);
  };
  return (
    <form className="card key-form" onSubmit={(event) => void submit(event)}>
      <h2>{t.access.devices.pair}</h2>
      <div className="form-row">
        <label className="field">
          <span className="field-label">{t.access.devices.name}</span>
          <input
            className="text-field"
            placeholder={t.access.devices.namePlaceholder}
            value={name}
            maxLength={200}
            autoComplete="off"
            data-testid={testIds.deviceName}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <ExpiryField value={expiry} onChange={setExpiry} />
      </div>
      <PresetChoice scopes={scopes} onChange={setScopes} />
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
          data-testid={testIds.deviceShowCode}
        >
          {busy ? t.access.pairing.checking : t.access.devices.show}
        </Button>
      </div>
    </form>
  );
}
