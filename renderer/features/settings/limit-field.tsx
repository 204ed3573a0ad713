import { useId } from 'react';
import { testIds } from '../../test-ids.ts';
import type { NumberDraft, NumberField } from './settings-draft.ts';

interface LimitFieldProps {
  name: NumberField;
  label: string;
  note?: string;
  unit: string;
  /** What the box says that switches the limit off; without it there always is one. */
  offLabel?: string;
  draft: NumberDraft;
  problem: string | null;
  onChange: (draft: NumberDraft) => void;
}

/** A number with its unit, and where there may be none, a box for that. */
export function LimitField({ name, label, note, unit, offLabel, draft, problem, onChange }: LimitFieldProps) {
  const id = useId();
  return (
    <div className="limit-field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="limit-row">
        <input
          id={id}
          className="text-field"
          inputMode="decimal"
          autoComplete="off"
          value={draft.text}
          disabled={draft.off}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-unit ${id}-note`}
          data-testid={testIds.settingsField(name)}
          onChange={(event) => onChange({ ...draft, text: event.target.value })}
        />
        <span id={`${id}-unit`} className="limit-unit">
          {unit}
        </span>
        {offLabel && (
          <label className="check-row">
            <input
              type="checkbox"
              checked={draft.off}
              data-testid={testIds.settingsOff(name)}
              onChange={(event) => onChange({ ...draft, off: event.target.checked })}
            />
            <span>{offLabel}</span>
          </label>
        )}
      </div>
      <div id={`${id}-note`}>
        {problem && (
          <p className="field-error" role="alert">
            {problem}
          </p>
        )}
        {note && <p className="field-note">{note}</p>}
      </div>
    </div>
  );
}
