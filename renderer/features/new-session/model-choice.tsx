import type { ModelInfo } from '../../../main/protocol/values.ts';
import { listedModels } from '../../store/listed-models.ts';
import { t } from '../../strings/index.ts';

interface ModelChoiceProps {
  value: string | null;
  models: readonly ModelInfo[];
  onChange: (model: string | null) => void;
}

export function ModelChoice({ value, models, onChange }: ModelChoiceProps) {
  const chosen = listedModels(models).find((model) => model.id === value) ?? null;
  return (
    <label className="field">
      <span className="field-label">{t.model.label}</span>
      <select
        className="text-field"
        value={chosen?.id ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      >
        <option value="">{t.model.default}</option>
        {listedModels(models).map((model) => (
          <option key={model.id} value={model.id}>
            {model.name}
          </option>
        ))}
      </select>
      <span className="field-note">{chosen ? chosen.description : t.model.defaultNote}</span>
    </label>
  );
}
