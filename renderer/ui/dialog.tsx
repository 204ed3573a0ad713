import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { t } from '../strings/index.ts';
import { IconButton } from './button.tsx';
import { useBackCloses } from './use-back-closes.ts';

interface DialogProps {
  title: string;
  testId?: string;
  /** For styles and specs. */
  state?: string;
  wide?: boolean;
  onClose: () => void;
  /** `close` goes the same way as Esc. */
  children: (close: () => void) => ReactNode;
}

/** A dialog over everything; on a phone a sheet from below. Esc and its cross close it, and the focus goes back to where it was. */
export function Dialog({ title, testId, state, wide = false, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  useBackCloses(true, () => dialog.current?.close());
  const close = (): void => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      className={`dialog dialog-panel ${wide ? 'is-wide' : ''}`}
      aria-label={title}
      data-testid={testId}
      data-state={state}
      onClose={onClose}
    >
      <header className="dialog-head">
        <h2>{title}</h2>
        <IconButton label={t.common.close} onClick={close}>
          <X size={17} aria-hidden />
        </IconButton>
      </header>
      <div className="dialog-body">{children(close)}</div>
    </dialog>
  );
}
