import { readSync } from 'node:fs';

const chunkBytes = 262_144;

export interface Line {
  /** Without its end; null: it was longer than allowed, and left out. */
  readonly text: string | null;
  /** Byte after its end. */
  readonly end: number;
}

/**
 * The complete lines of an open file from a byte on. What has no end yet is not given: it is being written. Holds one line and one chunk at most.
 * @param maxBytes - a longer line is passed over without being held.
 */
export function* readLines(fd: number, from: number, maxBytes: number): Generator<Line> {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let held: Buffer[] = [];
  let heldBytes = 0;
  let isTooLong = false;
  let position = from;
  for (;;) {
    const count = readSync(fd, chunk, 0, chunkBytes, position);
    if (count === 0) return;
    let start = 0;
    for (;;) {
      const newline = chunk.indexOf(0x0a, start);
      const end = newline === -1 || newline >= count ? count : newline;
      if (!isTooLong && heldBytes + end - start > maxBytes) {
        isTooLong = true;
        held = [];
        heldBytes = 0;
      }
      if (newline === -1 || newline >= count) {
        if (!isTooLong && end > start) {
          // The chunk is used again.
          held.push(Buffer.from(chunk.subarray(start, end)));
          heldBytes += end - start;
        }
        break;
      }
      const rest = chunk.subarray(start, end);
      const text = isTooLong
        ? null
        : held.length === 0
          ? rest.toString('utf8')
          : Buffer.concat([...held, rest]).toString('utf8');
      held = [];
      heldBytes = 0;
      isTooLong = false;
      start = newline + 1;
      yield { text, end: position + start };
    }
    position += count;
  }
}
