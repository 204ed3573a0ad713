import { join } from 'node:path';
import { z } from 'zod';
import { homeFile } from '../home-file.ts';
import { isLanguage, type Language, nearestLanguage } from '../protocol/languages.ts';
import { type NativeWords, nativeWords } from './words/native-words.ts';

/** The language of everything the system shows of the app. */
export interface SpokenLanguage {
  language(): Language;
  words(): NativeWords;
  /** Speaks another one from now on, and at the next start. The same one again changes nothing. */
  speak(language: Language): void;
  /** Hears of every change, after it. */
  onChange(listener: () => void): void;
}

const LanguageFile = z.object({ language: z.custom<Language>(isLanguage) });

/**
 * The page tells which language it speaks; until it has, it is the one of the last start, and at the very first the nearest to what the system says.
 * @param wishes - languages of the person at this machine, best first.
 */
export function createSpokenLanguage(home: string, wishes: () => readonly string[]): SpokenLanguage {
  const file = homeFile(join(home, 'language.json'), LanguageFile);
  const listeners: (() => void)[] = [];
  let language = file.read()?.language ?? nearestLanguage(wishes());
  return {
    language: () => language,
    words: () => nativeWords[language],
    speak(next) {
      if (next === language) return;
      language = next;
      file.write({ language });
      for (const listener of listeners) listener();
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
