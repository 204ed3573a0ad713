import { type FormEvent, useState } from 'react';
import type { Device } from '../../../main/protocol/access.ts';
import type { Problem } from '../../../main/protocol/errors.ts';
import { formatDateTime } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Fingerprint } from '../../ui/fingerprint.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { type Expiry, expiresAt } from '../access/expiry.ts';
import { ExpiryField } from '../access/expiry-field.tsx';
import { draftOfRestrictions, restrictionsOf } from '../access/restrictions.ts';
import { RestrictionsField } from '../access/restrictions-field.tsx';
import { PresetChoice } from './preset-choice.tsx';

/** Renames a device, or changes what it may do and until when. */
export function DeviceDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const client = useClient();
  const [name, setName] = useState(device.name);
  const [scopes, setScopes] = useState(device.scopes as readonly Device['scopes'][number][]);
  const [expiry, setExpiry] = useState<Expiry | 'keep'>('keep');
  const [where, setWhere] = useState(() => draftOfRestrictions(device.restrictions));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const restrictions = restrictionsOf(where);
  const words = t.access.devices;
  const save = async (event: FormEvent, close: () => void): Promise<void> => {
    event.preventDefault();
    if (!restrictions) return;
    setBusy(true);
    const answer = await client.request({
      type: 'devices_update',
      id: device.id,
      name: name.trim(),
      scopes: [...scopes],
      restrictions,
      expires_at: expiresAt(expiry, Date.now()),
    });
    setBusy(false);
    if (answer.ok) close();
    else setProblem(answer.problem);
  };
  return (
    <Dialog title={words.changeTitle(device.name)} wide onClose={onClose}>
      {(close) => (
        <form className="dialog-form" onSubmit={(event) => void save(event, close)}>
          <div className="form-row">
            <label className="field">
              <span className="field-label">{words.name}</span>
              <input
                className="text-field"
                value={name}
                maxLength={200}
                autoComplete="off"
                data-testid={testIds.deviceName}
                onChange={(event) => setName(event.target.value)}
              />
            </label>
            <ExpiryField
              value={expiry}
              keep={device.expires_at === null ? t.access.endsNever : formatDateTime(device.expires_at)}
              onChange={setExpiry}
            />
          </div>
          <PresetChoice scopes={scopes} onChange={setScopes} />
          <RestrictionsField value={where} onChange={setWhere} />
          {!restrictions && <p className="field-note">{t.access.nothingChosen}</p>}
          <div className="field">
            <p className="field-label is-minor">{words.ownFingerprint}</p>
            <Fingerprint value={device.fingerprint} />
          </div>
          {problem && (
            <div className="field-error" role="alert">
              <ProblemText problem={problem} />
            </div>
          )}
          <p className="field-note">{words.changeNote}</p>
          <div className="dialog-actions">
            <Button onClick={close}>{t.common.cancel}</Button>
            <Button
              type="submit"
              variant="primary"
              disabled={busy}
              off={(name.trim() === '' || scopes.length === 0 || !restrictions) && t.off.incomplete}
              data-testid={testIds.deviceSave}
            >
              {t.common.save}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
