import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { layerOf, useAnchored } from './use-anchored.ts';

interface PopoverProps {
  /** Names the button and the panel. */
  label: string;
  /** Name of the panel, where it is another. */
  title?: string;
  trigger: ReactNode;
  triggerClass?: string;
  testId?: string;
  /** Opens it otherwise than by its button, each time this changes. */
  opens?: number;
  children: (close: () => void) => ReactNode;
}

/** A button that opens a panel beside it. Esc, a click outside and leaving it with Tab close it. */
export function Popover({
  label,
  title = label,
  trigger,
  triggerClass = 'icon-button',
  testId,
  opens,
  children,
}: PopoverProps) {
  const [open, setOpen] = useState(false);
  const [openedFor, setOpenedFor] = useState(opens);
  if (openedFor !== opens) {
    setOpenedFor(opens);
    setOpen(true);
  }
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = (refocus = true): void => {
    setOpen(false);
    if (refocus) button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={triggerClass}
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        data-testid={testId}
        onClick={() => setOpen(!open)}
      >
        {trigger}
      </button>
      {open &&
        createPortal(
          <Panel id={id} title={title} anchor={button} close={close}>
            {children(close)}
          </Panel>,
          layerOf(button.current),
        )}
    </>
  );
}

const tabbable = 'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex]';

interface PanelProps {
  id: string;
  title: string;
  anchor: { readonly current: HTMLButtonElement | null };
  close: (refocus?: boolean) => void;
  children: ReactNode;
}

function Panel({ id, title, anchor, close, children }: PanelProps) {
  const box = useRef<HTMLDivElement>(null);
  useAnchored(box, anchor, close);
  useLayoutEffect(() => {
    // A field in it may have taken the focus already.
    if (!box.current?.contains(document.activeElement)) box.current?.focus();
  }, []);
  return (
    <div
      ref={box}
      id={id}
      className="popover"
      role="dialog"
      aria-label={title}
      tabIndex={-1}
      onKeyDown={(event) => {
        // It stands at the end of the page; who leaves it goes on where its button stands.
        if (event.key === 'Tab') {
          const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(tabbable)].filter(
            (one) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }),
          );
          const edge = event.shiftKey ? stops[0] : stops.at(-1);
          const isAtEdge = edge === undefined || document.activeElement === edge;
          const isAtBox = event.shiftKey && document.activeElement === event.currentTarget;
          if (!isAtEdge && !isAtBox) return;
          close();
          if (event.shiftKey) event.preventDefault();
          return;
        }
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        event.preventDefault();
        close();
      }}
      onBlur={(event) => {
        const next = event.relatedTarget as Node | null;
        if (next && !event.currentTarget.contains(next) && next !== anchor.current) close(false);
      }}
    >
      {children}
    </div>
  );
}
