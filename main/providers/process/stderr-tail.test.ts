import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';
import { createTail } from './stderr-tail.ts';

describe('the tail of a stream', () => {
  it('is its end, of the given length, however it came', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{0,40}$/)), fc.integer({ min: 1, max: 30 }), (texts, bytes) => {
        const tail = createTail(bytes);
        for (const text of texts) tail.push(Buffer.from(text));
        const all = texts.join('');
        expect(tail.text()).toBe(all.length > bytes ? `…${all.slice(-bytes)}` : all);
      }),
    );
  });

  it('does not show a value that the CLI was given in secret', () => {
    const tail = createTail(1000, ['hush-hush-1']);
    tail.push(Buffer.from('using hush-hush'));
    tail.push(Buffer.from('-1 now'));
    expect(tail.text()).toBe('using [redacted] now');
  });
});

describe('redacting', () => {
  it.each([
    'sk-ant-api03-AAAABBBBCCCCDDDD',
    'ghp_0123456789abcdefghij',
    'AKIAIOSFODNN7EXAMPLE',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc',
    'xoxb-1234567890-abcdefghij',
  ])('finds %s', (key) => {
    expect(redact(`error: ${key} is wrong`)).not.toContain(key);
  });

  it('finds what is called a key, and leaves the rest readable', () => {
    expect(redact('Authorization: Bearer abcdefghijkl; status 401')).toBe(
      'Authorization: Bearer [redacted]; status 401',
    );
    expect(redact('api_key="abcdefghijkl" refused')).toBe('api_key="[redacted]" refused');
    expect(redact('Error: cannot open /home/me/project')).toBe('Error: cannot open /home/me/project');
  });
});
