import { type ReactNode, useEffect, useRef } from 'react';
import { suggestionId } from './use-suggestions.ts';

interface SuggestionMenuProps<T> {
  listId: string;
  label: string;
  matches: readonly T[];
  keyOf: (match: T) => string;
  chosen: number;
  optionTestId: string;
  testId: string;
  /** Said under the list: that it is being asked for, that there is nothing, that there is more. */
  note: string | null;
  /** Said to a screen reader when the list changes. */
  status: string;
  children: (match: T) => ReactNode;
  onPick: (match: T) => void;
  onHover: (at: number) => void;
}

/** The list over the composer, whose keys `useSuggestions` has. */
export function SuggestionMenu<T>(props: SuggestionMenuProps<T>) {
  const { listId, label, matches, keyOf, chosen, optionTestId, testId, note, status, children, onPick, onHover } =
    props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[id="${suggestionId(listId, chosen)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [listId, chosen]);
  return (
    <div className="command-menu" data-testid={testId}>
      <div id={listId} ref={list} role="listbox" aria-label={label} className="command-list">
        {matches.map((match, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the chosen one
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the field
          <div
            key={keyOf(match)}
            id={suggestionId(listId, at)}
            role="option"
            aria-selected={at === chosen}
            className="command-option"
            data-testid={optionTestId}
            onPointerMove={() => onHover(at)}
            // The field keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(match)}
          >
            {children(match)}
          </div>
        ))}
      </div>
      {note !== null && <p className="command-note">{note}</p>}
      <span className="visually-hidden" role="status">
        {status}
      </span>
    </div>
  );
}
