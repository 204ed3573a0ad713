import { useId } from 'react';

interface ChoiceFieldProps {
  label: string;
  value: number;
  options: readonly number[];
  words: (value: number) => string;
  testId?: string;
  onChange: (value: number) => void;
}

/** One number of a few, said in words; what was set elsewhere to another one is offered too. */
export function ChoiceField({ label, value, options, words, testId, onChange }: ChoiceFieldProps) {
  const id = useId();
  const all = options.includes(value) ? options : [...options, value].sort((a, b) => a - b);
  return (
    <div className="choice-field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="text-field"
        value={value}
        data-testid={testId}
        onChange={(event) => onChange(Number(event.target.value))}
      >
        {all.map((one) => (
          <option key={one} value={one}>
            {words(one)}
          </option>
        ))}
      </select>
    </div>
  );
}
