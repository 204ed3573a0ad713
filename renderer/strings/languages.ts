/** A language the app speaks, by its BCP 47 tag. */
export type Language = 'en';

/** What the language of the page can be: one of them, or one that is made from English to try layouts with. */
export type Locale = Language | PseudoLocale;

/** `xa`: a third longer and accented, as translations are; `xb`: from right to left. BCP 47 leaves these to private use; CLDR calls them en-XA and ar-XB. */
export type PseudoLocale = 'en-XA' | 'ar-XB';

/** In the order of the list people choose from, each in its own words. */
export const languages: Readonly<Record<Language, string>> = {
  en: 'English',
};

export const isLanguage = (tag: unknown): tag is Language => typeof tag === 'string' && Object.hasOwn(languages, tag);

export const isPseudoLocale = (tag: unknown): tag is PseudoLocale => tag === 'en-XA' || tag === 'ar-XB';

/** The language of the app that comes nearest to what a person reads, best wish first (`navigator.languages`). Chinese of every script is better than English. */
export function nearestLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const tag = wish.toLowerCase();
    const base = tag.split('-')[0];
    if (isLanguage(base)) return base;
  }
  return 'en';
}
