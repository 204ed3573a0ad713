import { Download, X, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
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

/** How much larger than it fits a picture may be drawn, and by how much each step is. */
const most = 8;
const factor = 1.5;

/** A picture as large as the window allows, and larger. The wheel with Ctrl (which is how a pinch on a touchpad arrives), plus, minus and 0 change its size. */
export function Lightbox({ url, attachment, onClose }: LightboxProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLElement>(null);
  const [zoom, setZoom] = useState(1);
  useEffect(() => dialog.current?.showModal(), []);
  const change = (by: number): void => setZoom((now) => Math.min(most, Math.max(1, now * by)));
  useEffect(() => {
    const box = stage.current;
    // Not by React: it listens to the wheel without the right to keep the page from zooming.
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      setZoom((now) => Math.min(most, Math.max(1, now * (event.deltaY < 0 ? 1.15 : 1 / 1.15))));
    };
    box?.addEventListener('wheel', onWheel, { passive: false });
    return () => box?.removeEventListener('wheel', onWheel);
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') change(factor);
    else if (event.key === '-') change(1 / factor);
    else if (event.key === '0') setZoom(1);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      className="lightbox"
      aria-label={attachment.name}
      data-testid={testIds.lightbox}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <header className="lightbox-head">
        <span className="attachment-name">{attachment.name}</span>
        <span className="attachment-note">{formatBytes(attachment.bytes)}</span>
        <span className="lightbox-zoom" role="status">
          {t.attach.zoom(Math.round(zoom * 100))}
        </span>
        <IconButton label={t.attach.smaller} disabled={zoom === 1} onClick={() => change(1 / factor)}>
          <ZoomOut size={17} aria-hidden />
        </IconButton>
        <IconButton label={t.attach.larger} disabled={zoom === most} onClick={() => change(factor)}>
          <ZoomIn size={17} aria-hidden />
        </IconButton>
        <IconButton label={t.attach.save(attachment.name)} onClick={() => saveAs(url, attachment.name)}>
          <Download size={17} aria-hidden />
        </IconButton>
        <IconButton label={t.attach.close} onClick={() => dialog.current?.close()}>
          <X size={18} aria-hidden />
        </IconButton>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <figure ref={stage} className="lightbox-stage" tabIndex={0} aria-label={attachment.name}>
        <img
          src={url}
          alt={attachment.name}
          data-testid={testIds.lightboxImage}
          style={zoom === 1 ? undefined : { width: `${zoom * 100}%`, maxWidth: 'none', maxHeight: 'none' }}
          onDoubleClick={() => setZoom(zoom === 1 ? 2 : 1)}
        />
      </figure>
    </dialog>
  );
}
