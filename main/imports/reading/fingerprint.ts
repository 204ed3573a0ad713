import { hash } from 'node:crypto';
import { readSync } from 'node:fs';

const headBytes = 4096;
const tailBytes = 1024;

/** How a file is known again of which the first `offset` bytes were read. */
export interface Fingerprint {
  head_bytes: number;
  head_hash: string;
  tail_hash: string;
}

function hashOf(fd: number, from: number, to: number): string {
  const bytes = Buffer.alloc(to - from);
  const count = readSync(fd, bytes, 0, bytes.length, from);
  return hash('sha1', bytes.subarray(0, count), 'hex');
}

export function fingerprint(fd: number, offset: number): Fingerprint {
  const head_bytes = Math.min(headBytes, offset);
  return {
    head_bytes,
    head_hash: hashOf(fd, 0, head_bytes),
    tail_hash: hashOf(fd, Math.max(0, offset - tailBytes), offset),
  };
}

/** Whether the first `offset` bytes are still those that were read. */
export function isSameFile(fd: number, size: number, offset: number, known: Fingerprint): boolean {
  if (size < offset) return false;
  return (
    hashOf(fd, 0, known.head_bytes) === known.head_hash &&
    hashOf(fd, Math.max(0, offset - tailBytes), offset) === known.tail_hash
  );
}
