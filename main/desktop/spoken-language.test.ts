import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSpokenLanguage } from './spoken-language.ts';
import { nativeWords } from './words/native-words.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'quarterdeck-language-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('is the nearest to the system at the first start, and what the page spoke at every other', () => {
  const first = createSpokenLanguage(home, () => ['fr-CH', 'de-CH']);
  expect(first.language()).toBe('de');
  first.speak('ja');
  expect(createSpokenLanguage(home, () => ['de-CH']).words()).toBe(nativeWords.ja);
});

it('tells of a change once, and of none when the page says the same again', () => {
  const spoken = createSpokenLanguage(home, () => []);
  let told = 0;
  spoken.onChange(() => {
    told += 1;
  });
  spoken.speak('en');
  spoken.speak('zh-CN');
  spoken.speak('zh-CN');
  expect(told).toBe(1);
  expect(JSON.parse(readFileSync(join(home, 'language.json'), 'utf8'))).toEqual({ language: 'zh-CN' });
});

it('falls back to the system where what was kept is damaged or unknown, or cannot be kept', () => {
  for (const kept of ['{"language":"__proto__"}', '{"language":"fr"}', 'not JSON']) {
    writeFileSync(join(home, 'language.json'), kept);
    expect(createSpokenLanguage(home, () => ['ja']).language()).toBe('ja');
  }
  const unkept = createSpokenLanguage(join(home, 'missing'), () => ['ja']);
  unkept.speak('de');
  expect(unkept.language()).toBe('de');
});
