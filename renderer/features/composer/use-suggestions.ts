import { type KeyboardEvent, useEffect, useState } from 'react';

export const suggestionId = (listId: string, at: number): string => `${listId}-${at}`;

/**
 * The keys of a list that stands over a field while the focus stays in the field (the combobox of the ARIA practices): arrows choose, Enter and Tab
 * take, Escape sends the list away until the text is another one.
 * @param key - another one, another list: the choice begins anew. Null: nothing is being looked for.
 * @param text - whole text of the field.
 * @param take - takes one of them; false: the key is left to the field.
 */
export function useSuggestions<T>({
  key,
  text,
  listId,
  matches,
  finished = false,
  take,
}: {
  key: string | null;
  text: string;
  listId: string;
  matches: readonly T[];
  /** What is typed is complete: the next Enter is the field's. */
  finished?: boolean;
  take: (match: T, by: 'Enter' | 'Tab') => boolean;
}) {
  const [at, setAt] = useState(0);
  /** The text for which the list was sent away. */
  const [dismissed, setDismissed] = useState<string | null>(null);
  const open = key !== null && dismissed !== text && !finished;
  const chosen = Math.min(at, Math.max(0, matches.length - 1));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text, another list
  useEffect(() => setAt(0), [key]);
  const onKey = (event: KeyboardEvent): boolean => {
    if (!open || event.nativeEvent.isComposing) return false;
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
        const match = matches[chosen];
        if (!match || event.shiftKey || event.ctrlKey || event.metaKey) return false;
        if (!take(match, event.key)) return false;
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
    chosen,
    choose: setAt,
    onKey,
    field: {
      'aria-autocomplete': 'list' as const,
      'aria-haspopup': 'listbox' as const,
      'aria-controls': open ? listId : undefined,
      'aria-activedescendant': open && matches.length > 0 ? suggestionId(listId, chosen) : undefined,
    },
  };
}
