import { redact } from './redact.ts';

/** The last `maxBytes` of a stream, for error cards. */
export interface Tail {
  push(chunk: Buffer): void;
  /** Without keys, trimmed; a cut-off first line begins with an ellipsis. */
  text(): string;
}

export function createTail(maxBytes: number, secrets: readonly string[] = []): Tail {
  let chunks: Buffer[] = [];
  let bytes = 0;
  let cut = false;
  return {
    push(chunk) {
      chunks.push(chunk);
      bytes += chunk.length;
      // Twice the bound before it is copied, so that many small chunks do not mean many copies.
      if (bytes > 2 * maxBytes) compact();
    },
    text() {
      compact();
      const text = Buffer.concat(chunks).toString('utf8').trim();
      return redact(cut && text !== '' ? `…${text}` : text, secrets);
    },
  };

  function compact(): void {
    if (bytes <= maxBytes) return;
    chunks = [Buffer.from(Buffer.concat(chunks).subarray(bytes - maxBytes))];
    bytes = maxBytes;
    cut = true;
  }
}
