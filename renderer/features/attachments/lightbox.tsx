import { Download, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Attachment } from '../../../main/protocol/values.ts';
import { formatBytes } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { IconButton } from '../../ui/button.tsx';
import { saveAs } from './message-attachments.tsx';

interface LightboxProps {
  url: string;
  attachment: Attachment;
  onClose: () => void;
}

/** A picture as large as the window allows. */
export function Lightbox({ url, attachment, onClose }: LightboxProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes a dialog by itself; the click is for the shade
    <dialog
      ref={dialog}
      className="lightbox"
      aria-label={attachment.name}
      data-testid={testIds.lightbox}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <header className="lightbox-head">
        <span className="attachment-name">{attachment.name}</span>
        <span className="attachment-note">{formatBytes(attachment.bytes)}</span>
        <IconButton label={t.attach.save(attachment.name)} onClick={() => saveAs(url, attachment.name)}>
          <Download size={17} aria-hidden />
        </IconButton>
        <IconButton label={t.attach.close} onClick={() => dialog.current?.close()}>
          <X size={18} aria-hidden />
        </IconButton>
      </header>
      <img src={url} alt={attachment.name} />
    </dialog>
  );
}
