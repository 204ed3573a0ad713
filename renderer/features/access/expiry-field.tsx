import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { type Expiry, expiryMs } from './expiry.ts';

const choices = Object.keys(expiryMs) as Expiry[];

interface ExpiryFieldProps {
  value: Expiry | 'keep';
  /** What leaving it as it is means; absent: there is nothing yet that could be left. */
  keep?: string;
  onChange: (value: Expiry | 'keep') => void;
}

/** Until when a credential is good. */
export function ExpiryField({ value, keep, onChange }: ExpiryFieldProps) {
  return (
    <label className="field">
      <span className="field-label">{t.access.expiry}</span>
      <select
        className="text-field"
        value={value}
        data-testid={testIds.accessExpiry}
        onChange={(event) => onChange(event.target.value as Expiry | 'keep')}
      >
        {keep !== undefined && <option value="keep">{t.access.keepExpiry(keep)}</option>}
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {t.access.expiryOption[choice]}
          </option>
        ))}
      </select>
    </label>
  );
}
