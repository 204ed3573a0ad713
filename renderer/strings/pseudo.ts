import type { PseudoLocale } from './languages.ts';

const accents: Readonly<Record<string, string>> = {
  ...{ a: 'á', b: 'ƀ', c: 'ç', d: 'ð', e: 'é', f: 'ƒ', g: 'ĝ', h: 'ĥ', i: 'í', j: 'ĵ', k: 'ķ', l: 'ļ', m: 'ɱ' },
  ...{ n: 'ñ', o: 'ó', p: 'þ', q: 'ɋ', r: 'ŕ', s: 'š', t: 'ţ', u: 'ú', v: 'ṽ', w: 'ŵ', x: 'ẋ', y: 'ý', z: 'ž' },
  ...{ A: 'Å', C: 'Ç', D: 'Ð', E: 'É', G: 'Ĝ', I: 'Î', L: 'Ļ', N: 'Ñ', O: 'Ö', R: 'Ŕ', S: 'Š', T: 'Ţ', U: 'Û', Y: 'Ý' },
};
/** How much longer than in English a sentence may become; German comes near it. */
const growth = 0.4;
const filler = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** A third of the letters more, in brackets, so that what is cut off or is not from a catalogue is seen. */
function longer(text: string): string {
  const accented = [...text].map((letter) => accents[letter] ?? letter).join('');
  let more = '';
  for (let at = 0; more.length < text.length * growth; at += 1) more += ` ${filler[at % filler.length]}`;
  return `[${accented}${more.slice(0, Math.ceil(text.length * growth))}]`;
}

/** Letters in the order of a script that is read from right to left: U+202E, up to U+202C (Unicode Standard Annex 9). */
const mirrored = (text: string): string => `\u202e${text}\u202c`;

/** How one sentence is changed. */
export const pseudoText = (locale: PseudoLocale): ((text: string) => string) =>
  locale === 'en-XA' ? longer : mirrored;

/** A catalogue made from another one: its sentences, and what its functions give, are changed. */
export function pseudo<T>(catalogue: T, locale: PseudoLocale): T {
  const change = pseudoText(locale);
  const of = (value: unknown): unknown => {
    if (typeof value === 'string') return value.trim() === '' ? value : change(value);
    if (typeof value === 'function') return (...args: unknown[]) => of(value(...args));
    if (Array.isArray(value)) return value.map(of);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, of(part)]));
  };
  return of(catalogue) as T;
}
