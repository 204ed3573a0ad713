import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../protocol/limits.ts';
import { decodeClientFrame } from './decode.ts';

const refused = (text: string) => {
  const decoded = decodeClientFrame(text);
  if (decoded.ok) throw new Error('it was accepted');
  return decoded.error;
};

describe('decoding what a client sent', () => {
  it('takes a frame of the protocol', () => {
    expect(decodeClientFrame('{"type":"ping","command_id":"ping-0001"}')).toEqual({
      ok: true,
      value: { type: 'ping', command_id: 'ping-0001' },
    });
  });

  it('refuses a frame over the limit before it parses it', () => {
    expect(refused('{'.repeat(limits.frameBytes + 1)).problem.code).toBe('frame_too_large');
  });

  it('says which field of which frame is wrong, and keeps the command_id for the answer', () => {
    const { command_id, problem } = refused(
      '{"type":"attach","command_id":"abcdefgh","session_id":"ses_12345678","after_seq":-1}',
    );
    expect(command_id).toBe('abcdefgh');
    expect(problem.message).toContain('"after_seq" of the frame "attach"');
  });

  it('refuses a type nobody knows, also one that every object has', () => {
    for (const type of ['dance', 'constructor', '__proto__', 'toString']) {
      expect(refused(JSON.stringify({ type, command_id: 'abcdefgh' })).problem.code).toBe('invalid_frame');
    }
  });

  it('never throws, whatever it is given', () => {
    const mutated = fc
      .tuple(
        fc.constantFrom('ping', 'attach', 'message', 'new_chat', 'approval_response', 'keys_create'),
        fc.dictionary(fc.string(), fc.jsonValue()),
      )
      .map(([type, fields]) => JSON.stringify({ command_id: 'abcdefgh', ...fields, type }));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), mutated), (text) => {
        const decoded = decodeClientFrame(text);
        if (!decoded.ok) expect(decoded.error.problem.next).toBeTruthy();
      }),
      { numRuns: 2000 },
    );
  });
});
