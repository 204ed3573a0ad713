import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { type ComposerCommand, matchCommands, typedCommand } from './app-commands.ts';
import { SuggestionMenu } from './suggestion-menu.tsx';
import { useCommands } from './use-commands.ts';
import { useSuggestions } from './use-suggestions.ts';

/** Most entries shown at once; typing finds the others. */
const shown = 50;

/** The list that a slash at the beginning opens. `onKey` is asked first about each key of the field and says whether it took it. */
export function useCommandMenu(text: string, listId: string, onPick: (text: string) => void) {
  const typed = typedCommand(text);
  const { commands, loading } = useCommands(typed !== null);
  const matches = typed !== null ? matchCommands(commands, typed).slice(0, shown) : [];
  const pick = (command: ComposerCommand): void => onPick(`/${command.name} `);
  const list = useSuggestions({
    key: typed,
    text,
    listId,
    matches,
    finished: matches.length === 1 && matches[0]?.name === typed,
    take(command, by) {
      // The whole name was typed: Enter sends it.
      if (by === 'Enter' && command.name === typed) return false;
      pick(command);
      return true;
    },
  });
  const note = loading ? t.commands.loading : matches.length === 0 ? t.commands.none : null;
  return {
    ...list,
    menu: list.open ? (
      <SuggestionMenu
        listId={listId}
        label={t.commands.title}
        matches={matches}
        keyOf={({ name }) => name}
        chosen={list.chosen}
        testId={testIds.commandMenu}
        optionTestId={testIds.commandOption}
        note={note}
        status={t.commands.count(matches.length)}
        onPick={pick}
        onHover={list.choose}
      >
        {(command) => (
          <>
            <span className="command-name">
              /{command.name}
              {command.hint && <span className="command-hint"> {command.hint}</span>}
            </span>
            <span className="command-description">{command.description}</span>
            {command.ours && <span className="badge is-quiet">{t.commands.ours}</span>}
          </>
        )}
      </SuggestionMenu>
    ) : null,
  };
}
