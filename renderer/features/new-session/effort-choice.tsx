import type { ModelInfo } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';

interface EffortChoiceProps {
  value: string | null;
  model: ModelInfo | undefined;
  onChange: (effort: string | null) => void;
}

/** How long the model thinks; nothing where it cannot be chosen. */
export function EffortChoice({ value, model, onChange }: EffortChoiceProps) {
  const efforts = model?.efforts ?? [];
  if (efforts.length === 0) return null;
  return (
    <label className="field">
      <span className="field-label">{t.effort.label}</span>
      <select
        className="text-field"
        value={value !== null && efforts.includes(value) ? value : ''}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      >
        <option value="">{t.effort.default}</option>
        {efforts.map((effort) => (
          <option key={effort} value={effort}>
            {t.effort.name(effort)}
          </option>
        ))}
      </select>
    </label>
  );
}
