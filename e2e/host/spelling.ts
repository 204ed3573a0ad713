import { record } from './control.ts';

/** The spelling check of a session: the words that are wrong are the driver's. */
const state = { on: true, languages: ['en-US'] as string[], words: {} as Record<string, string[]> };

export const spelling = {
  availableSpellCheckerLanguages: ['de', 'en-GB', 'en-US', 'fr'],
  setSpellCheckerEnabled: (on: boolean): void => void Object.assign(state, { on }),
  setSpellCheckerLanguages(languages: string[]): void {
    const unknown = languages.find((one) => !spelling.availableSpellCheckerLanguages.includes(one));
    if (unknown !== undefined)
      throw new Error(`Invalid language code provided: "${unknown}" is not a valid language code`);
    state.languages = languages;
  },
  addWordToSpellCheckerDictionary(word: string): boolean {
    record({ api: 'session.addWordToSpellCheckerDictionary', args: [word] });
    delete state.words[word];
    return true;
  },
};

// What follows is for the host itself.

export const spellingFacts = () => ({ on: state.on, languages: [...state.languages] });
export const setDictionary = (words: Record<string, string[]>): void => void Object.assign(state, { words });

/** What is said of a word in a field. */
export function checkWord(word: string): { misspelledWord: string; dictionarySuggestions: string[] } {
  const suggestions = state.on && state.languages.length > 0 ? state.words[word] : undefined;
  return { misspelledWord: suggestions === undefined ? '' : word, dictionarySuggestions: suggestions ?? [] };
}
