import { expect, it } from 'vitest';
import { parseIntent } from '../main/providers/demo/intent.ts';
import { languageOf } from '../main/providers/demo/language.ts';
import { de } from '../renderer/strings/de/index.ts';
import { en } from '../renderer/strings/en/index.ts';
import { ja } from '../renderer/strings/ja/index.ts';
import { zh } from '../renderer/strings/zh-CN/index.ts';

it.each([
  ['en', en],
  ['de', de],
  ['ja', ja],
  ['zh-CN', zh],
] as const)('what the first page asks of the guide in %s is understood, and answered in it', (language, strings) => {
  const { demoMessage } = strings.newSession;
  expect(parseIntent(demoMessage)).toEqual({ kind: 'tour' });
  expect(languageOf(demoMessage, language === 'en' ? 'de' : 'en', true)).toBe(language);
});
