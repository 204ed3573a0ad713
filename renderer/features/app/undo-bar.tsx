import { Undo2, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { takeOffer, undoStore } from '../../store/undo.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button, IconButton } from '../../ui/button.tsx';

/** How long it can be taken back here. Nothing is lost with it: the menu of the row does the same at any time. */
const offeredMs = 10_000;

/** Says what was done and takes it back; goes by itself, but not while somebody is at it. */
export function UndoBar() {
  const last = useStore(undoStore, (view) => view.last);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!last || held) return;
    const timer = setTimeout(takeOffer, offeredMs);
    return () => clearTimeout(timer);
  }, [last, held]);
  const close = (): void => {
    setHeld(false);
    takeOffer();
  };
  return (
    <div className="undo-place" role="status">
      {last && (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only waits as long as somebody is there
        <div
          className="undo-bar"
          data-testid={testIds.undoBar}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <span className="undo-text">{last.text}</span>
          <Button
            size="small"
            icon={<Undo2 size={14} aria-hidden />}
            data-testid={testIds.undo}
            onClick={() => {
              last.undo();
              close();
            }}
          >
            {t.sidebar.undo}
          </Button>
          <IconButton label={t.common.dismiss} className="icon-button-small" onClick={close}>
            <X size={14} aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  );
}
