/** A language the app speaks, by its BCP 47 tag. */
export type Language = 'en' | 'de' | 'zh-CN' | 'ja';

/** In the order of the list people choose from, each in its own words. */
export const languages: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  'zh-CN': '简体中文',
  ja: '日本語',
};

export const isLanguage = (tag: unknown): tag is Language => typeof tag === 'string' && Object.hasOwn(languages, tag);

/** The language of the app that comes nearest to what a person reads, best wish first. Chinese of every script is better than English. */
export function nearestLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const tag = wish.toLowerCase();
    const base = tag.split('-')[0];
    if (isLanguage(base)) return base;
    if (base === 'zh') return 'zh-CN';
  }
  return 'en';
}
