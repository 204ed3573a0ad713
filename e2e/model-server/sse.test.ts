import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSse } from './sse.ts';

describe('a server-sent event', () => {
  it('has a name line, one data line and an empty line', () => {
    expect(formatSse('ping', { type: 'ping' })).toBe('event: ping\ndata: {"type":"ping"}\n\n');
  });

  it('without a name has only data', () => {
    expect(formatSse(null, { a: 1 })).toBe('data: {"a":1}\n\n');
  });

  it('stays one event whatever its text contains', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const event = formatSse('delta', { text });
        expect(event.slice(0, -2)).not.toMatch(/\n\n|\r/);
        expect(JSON.parse(event.slice('event: delta\ndata: '.length)).text).toBe(text);
      }),
    );
  });
});
