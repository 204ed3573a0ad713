import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { type ComposerCommand, matchCommands, typedCommand } from './app-commands.ts';
import { useCommands } from './use-commands.ts';

/** Most entries shown at once; typing finds the others. */
const shown = 50;

const optionId = (listId: string, at: number): string => `${listId}-${at}`;

/**
 * The list that a slash at the beginning opens. The focus stays in the field; `onKey` is asked first about each of its keys and says whether it
 * took it.
 */
export function useCommandMenu(text: string, listId: string, onPick: (text: string) => void) {
  const typed = typedCommand(text);
  const [at, setAt] = useState(0);
  /** The text for which the list was sent away. */
  const [dismissed, setDismissed] = useState<string | null>(null);
  const wanted = typed !== null && dismissed !== text;
  const { commands, loading } = useCommands(typed !== null);
  const matches = wanted ? matchCommands(commands, typed).slice(0, shown) : [];
  // The name is complete and alone: the next Enter sends it.
  const complete = matches.length === 1 && matches[0]?.name === typed;
  const open = wanted && !complete;
  const chosen = Math.min(at, Math.max(0, matches.length - 1));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text, another list
  useEffect(() => setAt(0), [typed]);
  const pick = (command: ComposerCommand): void => onPick(`/${command.name} `);
  const onKey = (event: KeyboardEvent): boolean => {
    if (!open || event.nativeEvent.isComposing) return false;
    const exact = matches[chosen]?.name === typed;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        if (matches.length === 0) return false;
        const step = event.key === 'ArrowDown' ? 1 : -1;
        setAt((chosen + step + matches.length) % matches.length);
        break;
      }
      case 'Enter':
      case 'Tab': {
        const command = matches[chosen];
        if (!command || event.shiftKey || event.ctrlKey || event.metaKey) return false;
        if (event.key === 'Enter' && exact) return false;
        pick(command);
        break;
      }
      case 'Escape':
        setDismissed(text);
        break;
      default:
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return {
    open,
    onKey,
    field: {
      'aria-autocomplete': 'list' as const,
      'aria-haspopup': 'listbox' as const,
      'aria-controls': open ? listId : undefined,
      'aria-activedescendant': open && matches.length > 0 ? optionId(listId, chosen) : undefined,
    },
    menu: open ? (
      <CommandMenu listId={listId} matches={matches} chosen={chosen} loading={loading} onPick={pick} onHover={setAt} />
    ) : null,
  };
}

interface CommandMenuProps {
  listId: string;
  matches: readonly ComposerCommand[];
  chosen: number;
  loading: boolean;
  onPick: (command: ComposerCommand) => void;
  onHover: (at: number) => void;
}

function CommandMenu({ listId, matches, chosen, loading, onPick, onHover }: CommandMenuProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[id="${optionId(listId, chosen)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [listId, chosen]);
  return (
    <div className="command-menu" data-testid={testIds.commandMenu}>
      <div id={listId} ref={list} role="listbox" aria-label={t.commands.title} className="command-list">
        {matches.map((command, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the chosen one
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the field
          <div
            key={command.name}
            id={optionId(listId, at)}
            role="option"
            aria-selected={at === chosen}
            className="command-option"
            data-testid={testIds.commandOption}
            onPointerMove={() => onHover(at)}
            // The field keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(command)}
          >
            <span className="command-name">
              /{command.name}
              {command.hint && <span className="command-hint"> {command.hint}</span>}
            </span>
            <span className="command-description">{command.description}</span>
            {command.ours && <span className="badge is-quiet">{t.commands.ours}</span>}
          </div>
        ))}
      </div>
      {loading && <p className="command-note">{t.commands.loading}</p>}
      {!loading && matches.length === 0 && <p className="command-note">{t.commands.none}</p>}
      <span className="visually-hidden" role="status">
        {t.commands.count(matches.length)}
      </span>
    </div>
  );
}
