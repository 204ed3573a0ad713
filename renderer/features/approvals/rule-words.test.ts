import { describe, expect, it } from 'vitest';
import type { RuleMatch } from '../../../main/protocol/values.ts';
import { de } from '../../strings/de/index.ts';
import { en } from '../../strings/en/index.ts';
import { completed } from '../../strings/languages.ts';
import { ruleWords } from './rule-words.ts';

const rule = (match: RuleMatch['match'], label: string): RuleMatch => ({ tool: 'Write', match, pattern: '/p', label });

describe('what a rule covers', () => {
  it.each([
    ['folder', 'Write in this folder', 'Write in diesem Ordner'],
    ['exact', 'Write with exactly this input', 'Write mit genau dieser Eingabe'],
    ['exact', '`npm test`', 'npm test'],
    ['prefix', '`npm run …`', 'npm run …'],
    ['any', 'Write', 'Write'],
  ] as const)('of the kind %s is said in the language of the reader: %s', (match, label, translated) => {
    expect(ruleWords(rule(match, label))).toBe(label.replaceAll('`', ''));
    expect(ruleWords(rule(match, label), 'de', completed(en, de).approval)).toBe(translated);
  });
});
