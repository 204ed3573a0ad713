import { Download, X, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { t } from '../strings/index.ts';
import { testIds } from '../test-ids.ts';
import { IconButton } from './button.tsx';
import { useBackCloses } from './use-back-closes.ts';

interface LightboxProps {
  url: string;
  name: string;
  /** About its size, for instance. */
  note?: string;
  /** Absent: it is nothing that is kept as a file. */
  onSave?: () => void;
  onClose: () => void;
}

/** How much larger than it fits a picture may be drawn, and by how much each step is. */
const most = 8;
const factor = 1.5;

const within = (zoom: number): number => Math.min(most, Math.max(1, zoom));

/**
 * A picture as large as the window allows, and larger. The wheel with Ctrl (which is how a pinch on a touchpad arrives), two fingers, plus, minus and
 * 0 change its size; it is moved by dragging, by the arrows, and by whatever else scrolls.
 */
export function Lightbox({ url, name, note, onSave, onClose }: LightboxProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLElement>(null);
  const [zoom, setZoom] = useState(1);
  useEffect(() => dialog.current?.showModal(), []);
  useBackCloses(true, () => dialog.current?.close());
  const before = useRef(1);
  const change = (by: number): void => setZoom((now) => within(now * by));
  // What was in the middle stays there.
  useLayoutEffect(() => {
    const box = stage.current;
    const by = zoom / before.current;
    before.current = zoom;
    if (!box || by === 1) return;
    box.scrollLeft = (box.scrollLeft + box.clientWidth / 2) * by - box.clientWidth / 2;
    box.scrollTop = (box.scrollTop + box.clientHeight / 2) * by - box.clientHeight / 2;
  }, [zoom]);
  useEffect(() => {
    const box = stage.current;
    // Not by React: it listens to the wheel without the right to keep the page from zooming.
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      setZoom((now) => within(now * (event.deltaY < 0 ? 1.15 : 1 / 1.15)));
    };
    let apart = 0;
    const onTouch = (event: TouchEvent): void => {
      const [one, other] = event.touches;
      if (!one || !other) {
        apart = 0;
        return;
      }
      event.preventDefault();
      const now = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      if (apart > 0 && now > 0) {
        const by = now / apart;
        setZoom((zoom) => within(zoom * by));
      }
      apart = now;
    };
    const touches = ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const;
    box?.addEventListener('wheel', onWheel, { passive: false });
    for (const type of touches) box?.addEventListener(type, onTouch, { passive: false });
    return () => {
      box?.removeEventListener('wheel', onWheel);
      for (const type of touches) box?.removeEventListener(type, onTouch);
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') change(factor);
    else if (event.key === '-') change(1 / factor);
    else if (event.key === '0') setZoom(1);
    else return;
    event.preventDefault();
  };
  // A finger scrolls by itself.
  const onDrag = (event: PointerEvent<HTMLElement>): void => {
    if (event.pointerType === 'mouse' && event.buttons === 1)
      stage.current?.scrollBy(-event.movementX, -event.movementY);
  };
  return (
    <dialog
      ref={dialog}
      className="lightbox"
      aria-label={name}
      data-testid={testIds.lightbox}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <header className="lightbox-head">
        <span className="attachment-name">{name}</span>
        <span className="attachment-note">{note}</span>
        <span className="lightbox-zoom" role="status">
          {t.attach.zoom(Math.round(zoom * 100))}
        </span>
        <IconButton label={t.attach.smaller} off={zoom === 1 && t.off.smallest} onClick={() => change(1 / factor)}>
          <ZoomOut size={17} aria-hidden />
        </IconButton>
        <IconButton label={t.attach.larger} off={zoom === most && t.off.largest} onClick={() => change(factor)}>
          <ZoomIn size={17} aria-hidden />
        </IconButton>
        {onSave && (
          <IconButton label={t.attach.save(name)} onClick={onSave}>
            <Download size={17} aria-hidden />
          </IconButton>
        )}
        <IconButton label={t.attach.close} onClick={() => dialog.current?.close()}>
          <X size={18} aria-hidden />
        </IconButton>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <figure ref={stage} className="lightbox-stage" tabIndex={0} aria-label={name} onPointerMove={onDrag}>
        <img
          src={url}
          alt={name}
          draggable={false}
          data-testid={testIds.lightboxImage}
          style={zoom === 1 ? undefined : { width: `${zoom * 100}%`, maxWidth: 'none', maxHeight: 'none' }}
          onDoubleClick={() => setZoom(zoom === 1 ? 2 : 1)}
        />
      </figure>
    </dialog>
  );
}
