import { useId } from 'react';
import type { PermissionMode } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { ModeIcon } from '../composer/mode-icon.tsx';
import { allModes } from '../composer/mode-picker.tsx';

interface ModeChoiceProps {
  value: PermissionMode;
  modes: readonly PermissionMode[];
  onChange: (mode: PermissionMode) => void;
}

export function ModeChoice({ value, modes, onChange }: ModeChoiceProps) {
  const name = useId();
  const offered = modes.length > 0 ? allModes.filter((mode) => modes.includes(mode)) : allModes;
  return (
    <fieldset className="field">
      <legend className="field-label">{t.mode.label}</legend>
      <div className="segments">
        {offered.map((mode) => (
          <label
            key={mode}
            className={`segment ${mode === 'full' ? 'is-warning' : ''}`}
            data-testid={testIds.modeOption(mode)}
          >
            <input type="radio" name={name} checked={mode === value} onChange={() => onChange(mode)} />
            <ModeIcon mode={mode} size={14} />
            {t.mode.name[mode]}
          </label>
        ))}
      </div>
      <p className={`field-note ${value === 'full' ? 'is-warning' : ''}`}>{t.mode.note[value]}</p>
    </fieldset>
  );
}
