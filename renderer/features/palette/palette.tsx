import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { setPalette } from '../../store/palette.ts';
import { routeStore } from '../../store/route.ts';
import { shortcuts } from '../../store/shortcuts.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useClient, useConnection, useProviders, useSessions } from '../../ui/client-context.ts';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useBackCloses } from '../../ui/use-back-closes.ts';
import { doAction } from './do-item.ts';
import { matchItems, type PaletteRow } from './match-items.ts';
import { paletteItems } from './palette-items.ts';

const noScopes: readonly string[] = [];

/** One field that reaches everything: sessions, actions on the open one, pages, settings, and the search over all that was said. */
export function Palette() {
  const client = useClient();
  const byId = useSessions((view) => view.byId);
  const providers = useProviders((view) => view.list);
  const scopes = useConnection(({ welcome }) => welcome?.scopes) ?? noScopes;
  const route = useStore(routeStore);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const current = route.name === 'session' ? (byId.get(route.sessionId) ?? null) : null;
  const items = useMemo(
    () =>
      paletteItems({
        sessions: [...byId.values()],
        current,
        providers,
        scopes,
        windows: client.bridge.kind === 'window',
      }),
    [byId, current, providers, scopes, client],
  );
  const rows = useMemo(() => matchItems(items, typed), [items, typed]);
  const chosen = Math.min(at, rows.length - 1);
  useEffect(() => dialog.current?.showModal(), []);
  useBackCloses(true, () => dialog.current?.close());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row that is chosen has to be seen
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const choose = (row: PaletteRow | undefined): void => {
    if (!row) return;
    dialog.current?.close();
    doAction(client, row.item.does, current, typed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = rows.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: chosen === last ? 0 : chosen + 1,
      ArrowUp: chosen === 0 ? last : chosen - 1,
      Home: 0,
      End: last,
      PageDown: Math.min(last, chosen + 8),
      PageUp: Math.max(0, chosen - 8),
    };
    const next = moves[event.key];
    // Home and End belong to the words while there are any.
    if (next !== undefined && !((event.key === 'Home' || event.key === 'End') && typed !== '')) {
      event.preventDefault();
      setAt(next);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(rows[chosen]);
    }
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes a dialog with Esc
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t.palette.title}
      data-testid={testIds.palette}
      onClose={() => setPalette(false)}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close();
      }}
    >
      <div className="palette-field">
        <Search size={17} aria-hidden />
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={rows[chosen] ? `${listId}-${chosen}` : undefined}
          aria-label={t.palette.title}
          placeholder={t.palette.placeholder}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          value={typed}
          data-testid={testIds.paletteInput}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id={listId} role="listbox" aria-label={t.palette.title} className="palette-list">
        {rows.map((row, index) => (
          <Row
            key={row.item.id}
            row={row}
            id={`${listId}-${index}`}
            selected={index === chosen}
            headed={typed.trim() === '' && row.item.group !== rows[index - 1]?.item.group}
            onPoint={() => setAt(index)}
            onChoose={() => choose(row)}
          />
        ))}
      </div>
    </dialog>
  );
}

interface RowProps {
  row: PaletteRow;
  id: string;
  selected: boolean;
  /** The first of its group. */
  headed: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

function Row({ row: { item, marked }, id, selected, headed, onPoint, onChoose }: RowProps) {
  return (
    <>
      {headed && (
        <div className="palette-group" role="presentation">
          {t.palette.group[item.group]}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field has the focus and the keys */}
      <div
        id={id}
        role="option"
        aria-selected={selected}
        className="palette-row"
        data-testid={testIds.paletteRow}
        data-item={item.id}
        onPointerMove={onPoint}
        onClick={onChoose}
      >
        {item.status && <StatusDot status={item.status} />}
        <span className="palette-label">
          <Marked text={item.label} marked={marked} />
        </span>
        {item.note && <span className="palette-note">{item.note}</span>}
        {item.shortcut && <KeyCaps chord={shortcuts[item.shortcut]} />}
      </div>
    </>
  );
}

function Marked({ text, marked }: { text: string; marked: ReadonlySet<number> }) {
  if (marked.size === 0) return text;
  // biome-ignore lint/suspicious/noArrayIndexKey: letters have no identity but their place
  return [...text].map((letter, at) => (marked.has(at) ? <mark key={at}>{letter}</mark> : letter));
}
