import { useEffect, useRef } from 'react';
import { limits } from '../../../main/protocol/limits.ts';
import { t } from '../../strings/index.ts';

interface RenameFieldProps {
  title: string;
  /** The new title, or null when nothing is to be changed. */
  onDone: (title: string | null) => void;
}

/** A title that is being changed in place: Enter or leaving keeps it, Esc gives the old one back. */
export function RenameField({ title, onDone }: RenameFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => field.current?.select(), []);
  const finish = (text: string | null): void => {
    if (done.current) return;
    done.current = true;
    const next = text?.trim() ?? '';
    onDone(next === '' || next === title ? null : next);
  };
  return (
    <input
      ref={field}
      className="rename-field"
      aria-label={t.sidebar.titleLabel}
      defaultValue={title}
      maxLength={limits.titleChars}
      onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') finish(event.currentTarget.value);
        if (event.key === 'Escape') finish(null);
      }}
    />
  );
}
