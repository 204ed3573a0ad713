/** What part of a file is asked for. `end` is the last byte, as HTTP counts. */
export type Wanted = { kind: 'all' } | { kind: 'part'; start: number; end: number } | { kind: 'nothing' };

const all: Wanted = { kind: 'all' };

/**
 * Reads a Range header (RFC 9110, 14.2). One range of bytes is honoured; what is none, or several at once, is answered with the whole file, as the
 * standard has it. `nothing`: a good range that lies behind the end (416).
 * @param size - of the file, bytes.
 */
export function readRange(header: string | undefined, size: number): Wanted {
  const [, first, last] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return all;
  if (first === '') {
    const length = Number(last);
    return length === 0 || size === 0
      ? { kind: 'nothing' }
      : { kind: 'part', start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return all;
  return start >= size ? { kind: 'nothing' } : { kind: 'part', start, end };
}

/** Whether a list of entity tags (If-None-Match, If-Match) names this one. Weak ones are compared as they are for reading. */
export function namesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
