import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tweetnacl } from './primitives.ts';
import { SealedReceiver, SealedSender, sealedOverhead } from './sealed-frames.ts';

const keys = (fill: number) => ({ key: new Uint8Array(32).fill(fill), prefix: new Uint8Array(16).fill(fill) });
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const plain = (value: string) => new TextEncoder().encode(value);
const both = () => ({
  sender: new SealedSender(tweetnacl, keys(1)),
  receiver: new SealedReceiver(tweetnacl, keys(1)),
});

describe('a receiver of sealed frames', () => {
  it('opens what was sealed, in order, and pays 40 bytes for each', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }), (frames) => {
        const { sender, receiver } = both();
        for (const frame of frames) {
          const sealed = sender.seal(frame);
          expect(sealed.length).toBe(frame.length + sealedOverhead);
          expect(receiver.open(sealed)).toEqual(frame);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('refuses a frame that comes twice', () => {
    const { sender, receiver } = both();
    const frame = sender.seal(plain('once'));
    receiver.open(frame);
    expect(receiver.open(frame)).toBe('replay_detected');
  });

  it('refuses a frame before its turn, and one that was left out', () => {
    const { sender, receiver } = both();
    sender.seal(plain('held back'));
    expect(receiver.open(sender.seal(plain('too early')))).toBe('replay_detected');
  });

  it('refuses its own side’s frames sent back', () => {
    const mine = new SealedSender(tweetnacl, keys(2));
    const { receiver } = both();
    expect(receiver.open(mine.seal(plain('reflected')))).toBe('replay_detected');
  });

  it('refuses every frame with one bit flipped or bytes cut off', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 7 }), fc.boolean(), (at, bit, cut) => {
        const { sender, receiver } = both();
        const frame = sender.seal(plain('a frame of some length'));
        const place = at % frame.length;
        if (cut) expect(receiver.open(frame.subarray(0, place))).toBe('decrypt_failed');
        else {
          frame[place]! ^= 1 << bit;
          expect(receiver.open(frame)).toBe(place < 24 ? 'replay_detected' : 'decrypt_failed');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('trusts nothing after the first frame that was not right', () => {
    const { sender, receiver } = both();
    const frame = sender.seal(plain('good'));
    expect(receiver.open(new Uint8Array(3))).toBe('decrypt_failed');
    expect(receiver.open(frame)).toBe('decrypt_failed');
  });

  it('counts on over a byte of the counter', () => {
    const { sender, receiver } = both();
    for (let at = 0; at < 300; at += 1)
      expect(text(receiver.open(sender.seal(plain(String(at)))) as Uint8Array)).toBe(String(at));
  });
});
