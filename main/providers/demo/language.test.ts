import { expect, it } from 'vitest';
import { type Language, languages } from '../../protocol/languages.ts';
import { parseIntent } from './intent.ts';
import { languageIn, languageOf, withLanguage } from './language.ts';

const spoken = (message: string, before: Language = 'en') =>
  languageOf(message, before, parseIntent(message).kind !== 'unknown');

it.each([
  ['Führe mich herum.', 'de'],
  ['Was ist das für ein Ordner?', 'de'],
  ['案内してください。', 'ja'],
  ['このフォルダーには何がありますか', 'ja'],
  ['带我参观一下。', 'zh-CN'],
  ['这个文件夹里有什么', 'zh-CN'],
  ['Take me on the tour.', 'en'],
] as const)('hears in %j which language is spoken', (message, language) => {
  expect(spoken(message, language === 'en' ? 'de' : 'en')).toBe(language);
});

it.each([
  'list',
  '/tour',
  'run echo für alle',
  'read 笔记.md',
  'write a.txt: Das ist für dich und mich',
  '/help',
  'fix the tests',
])('leaves it as it was with %j', (message) => {
  for (const before of Object.keys(languages) as Language[]) expect(spoken(message, before)).toBe(before);
});

it('does not take the name of a file for what is spoken', () => {
  expect(spoken('what about "資料.md" and ./说明/für.txt')).toBe('en');
});

it('finds it again in the id of a session', () => {
  for (const language of Object.keys(languages) as Language[])
    expect(languageIn(withLanguage('guide_ses_1', language))).toBe(language);
  expect(languageIn('guide_ses_1')).toBe('en');
  expect(languageIn(null)).toBe('en');
});
