import { describe, expect, it } from 'vitest';
import { mayHaveMath, normaliseMath } from './find-math.ts';

describe('a formula in what an agent writes', () => {
  it('is found in each way models write it', () => {
    expect(normaliseMath('so \\(x^2\\) is')).toBe('so $$x^2$$ is');
    expect(normaliseMath('so $x^2$ is')).toBe('so $$x^2$$ is');
    expect(normaliseMath('a $n$ b')).toBe('a $$n$$ b');
    expect(normaliseMath('see\n\\[\nE = mc^2\n\\]')).toBe('see\n\n$$\nE = mc^2\n$$\n');
    expect(normaliseMath('$$a+b$$')).toBe('$$a+b$$');
  });

  it('is not money, nor a variable of a shell, nor code', () => {
    for (const text of [
      'It costs $5 and then $6.',
      'between $10-$20',
      'from $HOME to $PATH',
      'the `$x^2$` and `\\(y\\)` of it',
      'a \\$x^2\\$ b',
      '$ ls | wc $',
      'US$5=4€ and A$6',
    ]) {
      expect(normaliseMath(text)).toBe(text);
    }
  });

  it('is not looked for where there can be none', () => {
    expect(mayHaveMath('It costs $5.')).toBe(false);
    expect(mayHaveMath('\\(x\\)')).toBe(true);
    expect(mayHaveMath('$x_1$')).toBe(true);
  });

  it('that is endless stays text', () => {
    const long = `\\(${'{'.repeat(200_000)}\\)`;
    expect(normaliseMath(long)).toBe(long);
    normaliseMath('$'.repeat(100_000));
    normaliseMath('\\('.repeat(50_000));
    normaliseMath('`'.repeat(50_000));
  });
});
