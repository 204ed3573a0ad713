import type { Language } from '../../main/protocol/languages.ts';

export { isLanguage, type Language, languages, nearestLanguage } from '../../main/protocol/languages.ts';

/** What the language of the page can be: one of them, or one that is made from English to try layouts with. */
export type Locale = Language | PseudoLocale;

/** `xa`: a third longer and accented, as translations are; `xb`: from right to left. BCP 47 leaves these to private use; CLDR calls them en-XA and ar-XB. */
export type PseudoLocale = 'en-XA' | 'ar-XB';

export const isPseudoLocale = (tag: unknown): tag is PseudoLocale => tag === 'en-XA' || tag === 'ar-XB';

/**
 * A catalogue in another language: nothing that English has not, functions that take the same, and whatever is missing is said in English
 * (`catalogues.test.ts` names what is missing).
 */
export type Translation<T> = T extends (...args: infer A) => unknown
  ? (...args: A) => string
  : T extends string
    ? string
    : { readonly [K in keyof T]?: Translation<T[K]> };

/** `translation`, and what it lacks from `english`. */
export function completed<T>(english: T, translation: Translation<T> | undefined): T {
  if (translation === undefined) return english;
  if (typeof english !== 'object' || english === null) return translation as T;
  const parts = translation as Record<string, Translation<unknown>>;
  return Object.fromEntries(Object.entries(english).map(([key, part]) => [key, completed(part, parts[key])])) as T;
}
