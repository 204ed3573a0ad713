const newline = 10;
const carriageReturn = 13;

export interface LineReader {
  /** Hands over every line that ends in this chunk, in order, before it returns. */
  push(chunk: Buffer): void;
  /** The stream ended: a last line without an end is a line too. */
  end(): void;
}

export interface LineReaderOptions {
  /** Longest line, bytes, without its end. Never more than this is kept. */
  maxBytes: number;
  /** One line as UTF-8 text, without `\n` or `\r\n`. Empty lines are left out. */
  onLine: (line: string) => void;
  /** A line is longer than allowed. Called once; nothing is read after it. */
  onTooLong: () => void;
}

/**
 * Splits a byte stream into lines. Works on bytes because `\n` cannot be part of another UTF-8 character, so a character that is cut by a
 * chunk boundary stays whole.
 */
export function createLineReader({ maxBytes, onLine, onTooLong }: LineReaderOptions): LineReader {
  let parts: Buffer[] = [];
  let partBytes = 0;
  let stopped = false;

  return {
    push(chunk) {
      let start = 0;
      while (!stopped) {
        const end = chunk.indexOf(newline, start);
        const piece = end === -1 ? chunk.length - start : end - start;
        if (partBytes + piece > maxBytes) {
          stop();
          return;
        }
        if (end === -1) break;
        if (partBytes === 0) emit(chunk, start, end);
        else {
          parts.push(chunk.subarray(start, end));
          flush();
        }
        start = end + 1;
      }
      if (!stopped && start < chunk.length) {
        parts.push(start === 0 ? chunk : chunk.subarray(start));
        partBytes += chunk.length - start;
      }
    },
    end() {
      if (!stopped && partBytes > 0) flush();
      stopped = true;
    },
  };

  function flush(): void {
    const line = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
    parts = [];
    partBytes = 0;
    emit(line, 0, line.length);
  }

  function emit(bytes: Buffer, start: number, end: number): void {
    const stop = end > start && bytes[end - 1] === carriageReturn ? end - 1 : end;
    if (stop > start) onLine(bytes.toString('utf8', start, stop));
  }

  function stop(): void {
    stopped = true;
    parts = [];
    partBytes = 0;
    onTooLong();
  }
}
