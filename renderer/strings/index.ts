import { createStore } from 'zustand/vanilla';
import { en, type Strings } from './en/index.ts';
import { completed, isPseudoLocale, type Language, type Locale } from './languages.ts';
import { type Said, sayFrom } from './said.ts';

/**
 * The catalogue in use. A live binding: read it where a text is made, and never keep a part of it at the top of a module, which would stay in the
 * language the page began with (a test looks for that).
 */
export let t: Strings = en;

/** The language of the page. Whoever draws the page draws it anew when this changes. */
export const localeStore = createStore<{ readonly locale: Locale }>(() => ({ locale: 'en' }));

/** The language of the page; of one that is made to try layouts with, the one it is made from. */
export function spokenLanguage(): Language {
  const { locale } = localeStore.getState();
  return isPseudoLocale(locale) ? 'en' : locale;
}

/** For Intl: how numbers and dates are written. */
export const intlLocale = (): string => spokenLanguage();

/** Catalogues besides English come when they are first wanted: each is a file of its own. */
const load: Readonly<Record<Exclude<Locale, 'en'>, () => Promise<Strings>>> = {
  de: async () => completed(en, (await import('./de/index.ts')).de),
  'zh-CN': async () => completed(en, (await import('./zh-CN/index.ts')).zh),
  ja: async () => completed(en, (await import('./ja/index.ts')).ja),
  'en-XA': async () => (await import('./pseudo.ts')).pseudo(en, 'en-XA'),
  'ar-XB': async () => (await import('./pseudo.ts')).pseudo(en, 'ar-XB'),
};

/** What main says, in other languages: files of their own too. The page is drawn when both are here, so that no English shows first. */
const loadSaid: Readonly<Partial<Record<Locale, () => Promise<Said>>>> = {
  de: async () => (await import('./de/said/index.ts')).said,
  'zh-CN': async () => (await import('./zh-CN/said/index.ts')).said,
  ja: async () => (await import('./ja/said/index.ts')).said,
};

/**
 * Speaks another language from now on. @returns false: its catalogue could not be fetched, and the language stays what it was.
 */
export async function speak(locale: Locale): Promise<boolean> {
  try {
    const [strings, said] = await Promise.all([
      locale === 'en' ? en : load[locale](),
      // Without them what main says is said in English, which is no reason to change nothing.
      loadSaid[locale]?.().catch(() => null),
    ]);
    t = strings;
    sayFrom(said ?? null, isPseudoLocale(locale) ? (await import('./pseudo.ts')).pseudoText(locale) : null);
    document.documentElement.lang = isPseudoLocale(locale) ? 'en' : locale;
    document.documentElement.dir = locale === 'ar-XB' ? 'rtl' : 'ltr';
    localeStore.setState({ locale });
    return true;
  } catch {
    return false;
  }
}
