import { isLanguage, type Language } from '../../protocol/languages.ts';

/** Words that only one of the languages begins a request with. */
const openings: readonly [RegExp, Language][] = [
  [
    /^(?:hallo|guten (?:tag|morgen|abend)|moin|servus|hilfe|befehle|was kannst du|wer bist du|rundgang|führung|führ(?:e)? mich|zeig(?:e)? mir|liste(?! of\b)|welche dateien|lies|öffne|suche|finde|schreib(?:e)?|lösche|frag(?:e)? mich|denk(?:e)?|zähl(?:e)?|bitte)(?![\p{L}])/iu,
    'de',
  ],
  [/^(?:hello|hi|what can you do|who are you|take me|show me|please|could you|can you)(?![\p{L}])/iu, 'en'],
];
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const han = /\p{Script=Han}/u;
const german = /[äöüß]|(?<!\p{L})(?:ich|und|nicht|ist|wie|was|kannst|bitte|eine?[nrms]?|das|mit|für)(?!\p{L})/iu;
/** A name of a file may be in any language; what stands around it says which one is spoken. */
const named = /"[^"\n]*"|`[^`\n]*`|\S*[./\\]\S*/gu;

/**
 * The language that somebody speaks to the guide. Its commands are the same in every language: they leave it as it was.
 * @param known - message of a command that it understood; then only how it begins says something.
 * @param before - spoken so far.
 */
export function languageOf(message: string, before: Language, known: boolean): Language {
  const text = message.trim().replace(/^\//, '');
  const opening = openings.find(([start]) => start.test(text));
  if (opening) return opening[1];
  const [first = ''] = text.split(/[\s:：]/u);
  const words = known ? first : text.replace(named, ' ');
  if (kana.test(words)) return 'ja';
  // Japanese may be written without kana as well.
  if (han.test(words)) return before === 'ja' ? 'ja' : 'zh-CN';
  if (!known && german.test(words)) return 'de';
  return before;
}

/** The id under which a session is picked up again says which language was spoken in it. */
export const withLanguage = (id: string, language: Language): string => (language === 'en' ? id : `${id}.${language}`);

/** @param id - made by `withLanguage`, by this version of the app or by one that spoke English alone. */
export function languageIn(id: string | null): Language {
  const tag = id?.split('.').at(-1);
  return isLanguage(tag) ? tag : 'en';
}
