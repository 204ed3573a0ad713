import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactFields, redactText } from './redact.ts';

const base64url = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((array) => Buffer.from(array).toString('base64url'));
const word = (alphabet: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Secrets that are recognised wherever they stand. */
const bare = fc.oneof(
  base64url(32).map((secret) => `qd_${secret}`),
  base64url(32).map((secret) => `qdo_${secret}`),
  base64url(32).map((secret) => `qdl_${secret}`),
  base64url(16).map((secret) => `qdc_${secret}`),
  word(`${alphanumeric}_-`, 20, 90).map((secret) => `sk-ant-api03-${secret}`),
  word(alphanumeric, 24, 48).map((secret) => `sk-${secret}`),
  word(alphanumeric, 35, 35).map((secret) => `AIza${secret}`),
  word(alphanumeric, 36, 36).map((secret) => `ghp_${secret}`),
);
/** A secret that only its place gives away, and that place. */
const placed = fc
  .tuple(
    word(alphanumeric, 12, 60),
    fc.constantFrom<(secret: string) => string>(
      (secret) => `Authorization: Bearer ${secret}`,
      (secret) => `authorization: Basic ${secret}==`,
      (secret) => `"authorization":"Bearer ${secret}"`,
      (secret) => `bearer ${secret}`,
      (secret) => `Cookie: a=b; qd_8741=${secret}; c=d`,
      (secret) => `set-cookie: qd_8741=${secret}; HttpOnly`,
      (secret) => `qd_18741=${secret}`,
      (secret) => `http://127.0.0.1:8741/#open=${secret}`,
      (secret) => `ANTHROPIC_API_KEY=${secret}`,
      (secret) => `export OPENAI_API_KEY="${secret}"`,
      (secret) => `MY_SERVICE_TOKEN='${secret}'`,
      (secret) => `{"api_key": "${secret}"}`,
      (secret) => `{"client_secret":"${secret}","x":1}`,
      (secret) => `db_password: ${secret}`,
      (secret) => `https://user:${secret}@example.org/x`,
      (secret) => `x-api-key: ${secret}`,
    ),
  )
  .map(([secret, place]) => ({ secret, text: place(secret) }));
const noise = fc.string({ maxLength: 60, unit: fc.constantFrom(...'abc XYZ 012 .,:;/()[]{}"\n\t=&?-_'.split('')) });

describe('redactText', () => {
  it('leaves no planted secret in any text', () => {
    fc.assert(
      fc.property(noise, bare, noise, (before, secret, after) => {
        expect(redactText(`${before} ${secret} ${after}`)).not.toContain(secret.slice(4));
        expect(redactText(`${before}"${secret}"${after}`)).not.toContain(secret.slice(4));
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves no secret behind the names and places that give it away', () => {
    fc.assert(
      fc.property(noise, placed, noise, (before, { secret, text }, after) => {
        expect(redactText(`${before} ${text} ${after}`)).not.toContain(secret);
        expect(redactText(`${before}\n${text}\n${after}`)).not.toContain(secret);
      }),
      { numRuns: 3_000 },
    );
  });

  it('finds the second and the hundredth secret as well', () => {
    const secrets = Array.from({ length: 100 }, () => `qd_${randomBytes(32).toString('base64url')}`);
    expect(redactText(secrets.join(' '))).not.toMatch(/qd_[A-Za-z0-9]/);
  });

  it.each([
    'Port 8741 on 127.0.0.1 is taken by another program.',
    '{"code":"unauthorized","message":"The credential is not valid."}',
    '{"input_tokens":1200,"output_tokens":35}',
    'session ses_01J9ZZZZZZZZZZZZZZZZ, turn turn_01J9ZZZZZZZZZZZZZZZZ',
    '/home/anna/projects/tokenizer/src/keyboard.ts:12:3',
    'http://127.0.0.1:8741/ opened in 12 ms',
    '',
  ])('leaves alone what is no secret: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('keeps the words around, so that the line can still be understood', () => {
    expect(redactText('failed with ANTHROPIC_API_KEY=sk-ant-abcdefgh12345678 in /tmp')).toBe(
      'failed with ANTHROPIC_API_KEY=[redacted] in /tmp',
    );
  });

  it('takes time in proportion to the text, also for texts made to be slow', () => {
    // A pattern that backtracks would not end within the test's time.
    for (const piece of ['a-', 'key', '"token":"\\', '://:', 'Bearer ', '-----BEGIN ', 'eyJ', '=', 'qd_', 'api-api_']) {
      expect(redactText(piece.repeat(50_000)).length).toBeGreaterThan(0);
    }
  });
});

describe('redactFields', () => {
  it('leaves no planted secret at any depth, in any kind of value', () => {
    fc.assert(
      fc.property(bare, noise, (secret, text) => {
        const inner = { note: `${text} ${secret}`, list: [secret, { deep: secret }], map: new Map([['x', secret]]) };
        const error = Object.assign(new Error(`failed with ${secret}`, { cause: new Error(secret) }), {
          extra: secret,
        });
        const clean = redactFields({ inner, error, [secret]: 'as a name', bytes: Buffer.from(secret) });
        expect(JSON.stringify(clean)).not.toContain(secret.slice(4));
      }),
    );
  });

  it('takes away what is called a secret, whatever it looks like', () => {
    const value = 'plain-looking';
    const names = [
      'token',
      'ownerToken',
      'api_key',
      'apiKey',
      'password',
      'Cookie',
      'Authorization',
      'client_secret',
      'key',
    ];
    const clean = redactFields({
      ...Object.fromEntries(names.map((name) => [name, value])),
      nested: { token: { a: value } },
    });
    expect(JSON.stringify(clean)).not.toContain(value);
  });

  it('keeps what logs are for', () => {
    const fields = { code: 'port_taken', port: 8741, ok: true, none: null, input_tokens: 5, keys: 3, at: new Date(0) };
    expect(redactFields(fields)).toEqual({ ...fields, at: '1970-01-01T00:00:00.000Z' });
  });

  it('gives back something that is JSON, whatever it was given', () => {
    const circular: Record<string, unknown> = { name: 'x' };
    circular.self = circular;
    const throwing = Object.defineProperty({}, 'x', {
      enumerable: true,
      get() {
        throw new Error('no');
      },
    });
    const given = {
      circular,
      throwing,
      big: 1n,
      symbol: Symbol('s'),
      fn() {},
      undef: undefined,
      bad: new Date(Number.NaN),
    };
    expect(() => JSON.stringify(redactFields(given))).not.toThrow();
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.anything({ withBigInt: true, withMap: true, withDate: true })),
        (fields) => {
          expect(typeof JSON.stringify(redactFields(fields))).toBe('string');
        },
      ),
    );
  });

  it('is bounded in depth and width', () => {
    let deep: Record<string, unknown> = {};
    for (let n = 0; n < 100; n += 1) deep = { deep };
    expect(JSON.stringify(redactFields(deep)).length).toBeLessThan(200);
    expect(redactFields({ wide: Array(10_000).fill(1) }).wide).toHaveLength(200);
  });
});
