import { Check } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { layerOf, useAnchored } from './use-anchored.ts';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
  readonly icon?: ReactNode;
  readonly checked?: boolean;
  readonly danger?: boolean;
  readonly warning?: boolean;
  /** It can be reached and read, but not chosen. */
  readonly disabled?: boolean;
  readonly testId?: string;
  readonly onSelect: () => void;
}

interface MenuProps {
  label: string;
  trigger: ReactNode;
  triggerClass?: string;
  testId?: string;
  disabled?: boolean;
  items: readonly MenuItem[];
  /** Said above the items. */
  header?: ReactNode;
  /** More than the items, e.g. a field; closed by its own doing. */
  footer?: (close: () => void) => ReactNode;
}

/** A button that opens a list of choices. Arrow keys move, Enter chooses, Esc closes and gives the focus back. */
export function Menu({
  label,
  trigger,
  triggerClass = 'icon-button',
  testId,
  disabled,
  items,
  header,
  footer,
}: MenuProps) {
  const [open, setOpen] = useState(false);
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
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        data-testid={testId}
        disabled={disabled}
        onClick={(event) => {
          event.stopPropagation();
          setOpen(!open);
        }}
      >
        {trigger}
      </button>
      {open &&
        createPortal(
          <MenuList
            id={id}
            label={label}
            anchor={button}
            items={items}
            close={close}
            header={header}
            footer={footer?.(close)}
          />,
          layerOf(button.current),
        )}
    </>
  );
}

interface MenuListProps {
  id: string;
  label: string;
  anchor: { readonly current: HTMLButtonElement | null };
  items: readonly MenuItem[];
  close: (refocus?: boolean) => void;
  header: ReactNode;
  footer: ReactNode;
}

function MenuList({ id, label, anchor, items, close, header, footer }: MenuListProps) {
  const box = useRef<HTMLDivElement>(null);
  useAnchored(box, anchor, close);
  useLayoutEffect(() => {
    const checked = box.current?.querySelector<HTMLElement>('[aria-checked="true"]');
    (checked ?? box.current?.querySelector<HTMLElement>('.menu-item'))?.focus();
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the items in it
    <div ref={box} id={id} className="menu" onKeyDown={(event) => onMenuKey(event, close)}>
      {header && (
        <p className="menu-header" id={`${id}-header`}>
          {header}
        </p>
      )}
      {/* What else is said and asked there is no item. */}
      <div role="menu" aria-label={label}>
        {items.map((item) => (
          // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role with a choice is the one that has it checked
          <button
            key={item.id}
            type="button"
            role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={item.checked}
            aria-disabled={item.disabled || undefined}
            aria-describedby={item.disabled && header ? `${id}-header` : undefined}
            className={`menu-item ${item.danger ? 'is-danger' : ''} ${item.warning ? 'is-warning' : ''}`}
            tabIndex={-1}
            data-testid={item.testId}
            onClick={(event) => {
              event.stopPropagation();
              if (item.disabled) return;
              close();
              item.onSelect();
            }}
          >
            {item.icon && <span className="menu-icon">{item.icon}</span>}
            <span className="menu-text">
              <span className="menu-label">{item.label}</span>
              {item.note && <span className="menu-note">{item.note}</span>}
            </span>
            {item.checked && <Check size={15} aria-hidden className="menu-check" />}
          </button>
        ))}
      </div>
      {footer}
    </div>
  );
}

function onMenuKey(event: KeyboardEvent<HTMLDivElement>, close: (refocus?: boolean) => void): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('.menu-item')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const inField = event.target instanceof HTMLInputElement;
  if (event.key === 'Escape') {
    event.stopPropagation();
    event.preventDefault();
    close();
  } else if (event.key === 'Tab') {
    if (!inField && !event.currentTarget.querySelector('input')) close(false);
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    items[(at + step + items.length) % items.length]?.focus();
  } else if (!inField && (event.key === 'Home' || event.key === 'End')) {
    event.preventDefault();
    items.at(event.key === 'Home' ? 0 : -1)?.focus();
  }
}
