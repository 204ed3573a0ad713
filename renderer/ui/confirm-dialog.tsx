import { useEffect, useRef } from 'react';
import { t } from '../strings/index.ts';
import { testIds } from '../test-ids.ts';
import { Button } from './button.tsx';

interface ConfirmDialogProps {
  title: string;
  note: string;
  action: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({ title, note, action, onConfirm, onClose }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="dialog" aria-label={title} onClose={onClose}>
      <h2>{title}</h2>
      <p>{note}</p>
      <div className="dialog-actions">
        <Button onClick={() => dialog.current?.close()}>{t.common.cancel}</Button>
        <Button
          variant="danger"
          data-testid={testIds.confirm}
          onClick={() => {
            onConfirm();
            dialog.current?.close();
          }}
        >
          {action}
        </Button>
      </div>
    </dialog>
  );
}
