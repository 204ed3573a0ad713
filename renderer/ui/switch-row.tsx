import { useId } from 'react';

interface SwitchRowProps {
  label: string;
  note: string;
  checked: boolean;
  disabled?: boolean;
  testId?: string;
  onChange: (checked: boolean) => void;
}

/** A switch with its name and what it means. */
export function SwitchRow({ label, note, checked, disabled, testId, onChange }: SwitchRowProps) {
  const id = useId();
  return (
    <label className="switch-row">
      <span className="switch-text">
        <span className="switch-label">{label}</span>
        <span className="field-note" id={id}>
          {note}
        </span>
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        className="switch"
        checked={checked}
        disabled={disabled}
        aria-label={label}
        aria-describedby={id}
        data-testid={testId}
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  );
}
