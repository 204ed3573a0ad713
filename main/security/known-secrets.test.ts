import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKnownSecrets } from './known-secrets.ts';

const holding = (...values: string[]) => {
  const secrets = createKnownSecrets();
  for (const value of values) secrets.add(value);
  return secrets;
};

describe('known secrets', () => {
  it('are taken out of a text wherever they stand, also as JSON and as part of an address', () => {
    const secrets = holding('p"ss w/rd-1');
    expect(secrets.redact('x p"ss w/rd-1 y')).toBe('x [redacted] y');
    expect(secrets.redact(JSON.stringify({ key: 'p"ss w/rd-1' }))).toBe('{"key":"[redacted]"}');
    expect(secrets.redact(`https://h/?k=${encodeURIComponent('p"ss w/rd-1')}`)).toBe('https://h/?k=[redacted]');
  });

  it('leave no part of a longer one behind when one begins with another', () => {
    expect(holding('canary-1', 'canary-1-and-more').redact('a canary-1-and-more b')).toBe('a [redacted] b');
  });

  it('are taken out of every text and every name of a value, and leave the value alone when none is in it', () => {
    const secrets = holding('canary-key-1');
    const value = { a: [1, null, { 'canary-key-1': 'has canary-key-1' }], b: true };
    expect(secrets.redactValue(value)).toEqual({ a: [1, null, { '[redacted]': 'has [redacted]' }], b: true });
    const clean = { a: [{ b: 'nothing' }] };
    expect(secrets.redactValue(clean)).toBe(clean);
  });

  it('are never words: what is shorter than eight characters is not taken for one', () => {
    expect(holding('short').redact('a short text')).toBe('a short text');
  });

  it('are gone from whatever JSON they were put into', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ minLength: 8, maxLength: 30 }), (value, secret) => {
        fc.pre(secret.trim().length >= 8 && !'[redacted]'.includes(secret.trim()));
        const planted = { value, deep: [{ text: `before ${secret} after` }] };
        const clean = JSON.stringify(holding(secret).redactValue(planted));
        expect(clean).not.toContain(JSON.stringify(secret.trim()).slice(1, -1));
      }),
    );
  });
});
