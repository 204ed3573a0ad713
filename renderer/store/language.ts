import { createStore } from 'zustand/vanilla';
import { speak } from '../strings/index.ts';
import { isLanguage, isPseudoLocale, type Locale, nearestLanguage } from '../strings/languages.ts';
import { onRememberedElsewhere, recall, remember } from './storage.ts';

/** What was chosen on this device; `system`: what its own settings say. */
export type LanguageChoice = Locale | 'system';

const storageKey = 'language';

function kept(): LanguageChoice {
  const tag = recall(storageKey);
  return isLanguage(tag) || isPseudoLocale(tag) ? tag : 'system';
}

export const languageStore = createStore<{ choice: LanguageChoice }>(() => ({ choice: kept() }));

const localeOf = (choice: LanguageChoice): Locale =>
  choice === 'system' ? nearestLanguage(navigator.languages) : choice;

/** Before the page is drawn for the first time. A language whose words cannot be fetched leaves the page in English. */
export async function startLanguage(): Promise<void> {
  const locale = localeOf(languageStore.getState().choice);
  if (locale !== 'en') await speak(locale);
}

/** Speaks another language from now on. @returns false: its words could not be fetched, and nothing was changed. */
export async function setLanguage(choice: LanguageChoice): Promise<boolean> {
  if (!(await speak(localeOf(choice)))) return false;
  remember(storageKey, choice === 'system' ? null : choice);
  languageStore.setState({ choice });
  return true;
}

/** Another window or tab has chosen one, and could fetch its words. */
export function followLanguage(): void {
  onRememberedElsewhere(storageKey, () => {
    const choice = kept();
    // Meanwhile yet another one may have been chosen.
    void speak(localeOf(choice)).then((spoken) => spoken && kept() === choice && languageStore.setState({ choice }));
  });
}
