import { describe, expect, it } from 'vitest';
import { isReadable, isReadableText } from './readable.ts';

it('a text is laid out when each of its blocks can be, and it is no book', () => {
  expect(isReadableText('a\n\n**b**\n \nc')).toBe(true);
  expect(isReadableText(`a\n\n${'*a_b'.repeat(6_000)}`)).toBe(false);
  expect(isReadableText('word\n\n'.repeat(100_000))).toBe(false);
});

describe('a block of Markdown', () => {
  it('is laid out when it is what people and models write', () => {
    expect(isReadable('> > quoted\n> - list\n>   1. inner')).toBe(true);
    expect(isReadable(`${'- item\n'.repeat(2_000)}`)).toBe(true);
    expect(isReadable('a'.repeat(50_000))).toBe(true);
    expect(isReadable('--- not a list ---')).toBe(true);
  });

  it('is shown as it was written when it is nested without end, or endless', () => {
    expect(isReadable(`${'>'.repeat(2_000)} deep`)).toBe(false);
    expect(isReadable(`${'> '.repeat(100)}deep`)).toBe(false);
    expect(isReadable(`${'- '.repeat(400)}x`)).toBe(false);
    expect(isReadable(Array.from({ length: 300 }, (_, at) => `${' '.repeat(at * 2)}- x`).join('\n'))).toBe(false);
    expect(isReadable('a'.repeat(300_000))).toBe(false);
  });

  it('is shown as it was written when its marks would take a parser seconds', () => {
    expect(isReadable('- **some** [link](x) `code`\n'.repeat(1_000))).toBe(true);
    expect(isReadable('| **a** | b | c |\n'.repeat(400))).toBe(true);
    for (const text of ['*a_b', '[a', '](', '~~a', 'a@', '2) *a\n', '> *a\n', 'a\n'])
      expect(isReadable(text.repeat(6_000)), text).toBe(false);
    expect(isReadable(`${'**'.repeat(2_000)}a${'**'.repeat(2_000)}`)).toBe(false);
    expect(isReadable(`|${'a|'.repeat(10_000)}`)).toBe(false);
  });
});
