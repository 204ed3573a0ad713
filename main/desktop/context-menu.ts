import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import { externalLink } from './external-link.ts';
import { clipboardItems } from './menu.ts';
import type { NativeWords } from './words/native-words.ts';

type Item = MenuItemConstructorOptions;
const line: Item = { type: 'separator' };

/** What is known of the place under the pointer. */
export type ClickedPlace = Pick<
  ContextMenuParams,
  | 'isEditable'
  | 'selectionText'
  | 'misspelledWord'
  | 'dictionarySuggestions'
  | 'linkURL'
  | 'mediaType'
  | 'hasImageContents'
>;

/** What a right click does that no role of Electron's does. */
export interface ContextActions {
  replaceWith(word: string): void;
  addToDictionary(word: string): void;
  copyText(text: string): void;
  copyImage(): void;
}

/** As many as a person looks through. */
const mostSuggestions = 5;

/** What a right click offers: what the place under the pointer can do. */
export function contextMenuTemplate(
  at: ClickedPlace,
  actions: ContextActions,
  { menu: words, context }: NativeWords,
): Item[] {
  const link = externalLink(at.linkURL);
  const groups = [
    spellingItems(at, actions, context),
    [
      ...(link === null ? [] : [{ label: context.copyLink, click: () => actions.copyText(link) }]),
      ...(at.mediaType === 'image' && at.hasImageContents
        ? [{ label: context.copyImage, click: actions.copyImage }]
        : []),
    ],
    at.isEditable
      ? [
          { role: 'undo', label: words.undo } satisfies Item,
          { role: 'redo', label: words.redo } satisfies Item,
          line,
          ...clipboardItems(words),
          { role: 'selectAll', label: words.selectAll } satisfies Item,
        ]
      : at.selectionText.trim() === ''
        ? []
        : [{ role: 'copy', label: words.copy } satisfies Item],
  ];
  return groups.filter((group) => group.length > 0).flatMap((group, index) => (index === 0 ? group : [line, ...group]));
}

function spellingItems(at: ClickedPlace, actions: ContextActions, words: NativeWords['context']): Item[] {
  const word = at.misspelledWord;
  if (!at.isEditable || word === '') return [];
  const suggestions = at.dictionarySuggestions.slice(0, mostSuggestions);
  return [
    ...suggestions.map((suggestion) => ({ label: suggestion, click: () => actions.replaceWith(suggestion) })),
    ...(suggestions.length === 0 ? [{ label: words.noSuggestions, enabled: false }] : []),
    { label: words.addToDictionary, click: () => actions.addToDictionary(word) },
  ];
}
