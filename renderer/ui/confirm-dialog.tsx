import { useEffect, useRef } from 'react';
import { t } from '../strings/index.ts';
import { testIds } from '../test-ids.ts';
import { Button } from './button.tsx';
import { useBackCloses } from './use-back-closes.ts';

interface ConfirmDialogProps {
  title: string;
  note: string;
  action: string;
  /** `plain`: what is asked about destroys nothing. */
  tone?: 'danger' | 'plain';
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be taken back, or that is easily misunderstood. */
export function ConfirmDialog({ title, note, action, tone = 'danger', onConfirm, onClose }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  useBackCloses(true, () => dialog.current?.close());
  return (
    <dialog ref={dialog} className="dialog" aria-label={title} onClose={onClose}>
      <h2>{title}</h2>
      <p>{note}</p>
      <div className="dialog-actions">
        <Button onClick={() => dialog.current?.close()}>{t.common.cancel}</Button>
        <Button
          variant={tone === 'danger' ? 'danger' : 'primary'}
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
