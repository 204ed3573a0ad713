import { describe, expect, it } from 'vitest';
import { parseIntent } from '../intent.ts';
import { guideWords } from './index.ts';

type Leaf = string | ((...args: never[]) => string);
const leaves = (part: unknown, at = ''): [string, Leaf][] =>
  typeof part === 'object' && part !== null
    ? Object.entries(part).flatMap(([key, value]) => leaves(value, `${at}.${key}`))
    : [[at, part as Leaf]];
const said = (leaf: Leaf): string => {
  if (typeof leaf === 'string') return leaf;
  // A list says its parts.
  const list = Object.assign([8], { toString: () => '8' });
  return leaf(...(['7', leaf.toString().includes('.join(') ? list : '8', '9', '10'] as never[]));
};
const english = new Map(leaves(guideWords.en));
/** The same in every language: what is typed, and what a program says. */
const alike = /^\.commands\.\w+\.1$|^\.usages\.|^\.linesTitle$/;

describe.each(['de', 'ja', 'zh-CN'] as const)('the guide in %s', (language) => {
  const words = leaves(guideWords[language]);

  it('says all that it says in English, and none of it in English', () => {
    expect(words.map(([key]) => key).sort()).toEqual([...english.keys()].sort());
    const same = words.filter(([key, leaf]) => said(leaf) === said(english.get(key)!) && !alike.test(key));
    expect(same.map(([key]) => key)).toEqual([]);
  });

  it('leaves out no number and no name that it is given', () => {
    const lost = words.filter(([key, leaf]) => {
      const digits = (text: string) => new Set(text.match(/\d+/g));
      const given = digits(said(english.get(key)!));
      const kept = digits(said(leaf));
      return typeof leaf === 'function' && [...given].some((one) => !kept.has(one));
    });
    expect(lost.map(([key]) => key)).toEqual([]);
  });

  it('names commands only that it understands', () => {
    const named = [...guideWords[language].help.matchAll(/`([^`]+)`/g)].map(([, command]) => command!);
    expect(named.length).toBeGreaterThan(12);
    for (const command of named) expect(parseIntent(command).kind, command).not.toBe('unknown');
  });
});
