import { type Ref, useId } from 'react';

interface PasswordFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** For password managers. */
  kind: 'current-password' | 'new-password' | 'off';
  note?: string;
  placeholder?: string;
  invalid?: boolean;
  required?: boolean;
  testId: string;
  ref?: Ref<HTMLInputElement>;
}

/** A secret that is typed. */
export function PasswordField({
  label,
  value,
  onChange,
  kind,
  note,
  placeholder,
  invalid,
  required = true,
  testId,
  ref,
}: PasswordFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        ref={ref}
        id={id}
        type="password"
        className="text-field"
        autoComplete={kind}
        placeholder={placeholder}
        value={value}
        maxLength={1000}
        minLength={kind === 'new-password' ? 8 : undefined}
        required={required}
        aria-invalid={invalid || undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        data-testid={testId}
        onChange={(event) => onChange(event.target.value)}
      />
      {note && (
        <p className="field-note" id={`${id}-note`}>
          {note}
        </p>
      )}
    </div>
  );
}
