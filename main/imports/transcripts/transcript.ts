import type { ImportedItem } from '../../protocol/views.ts';

/** How much of one entry is kept, characters: of what people and agents said, and of what a tool was given or gave. */
const saidChars = 1_000_000;
const toolChars = 64_000;

/** One entry of a CLI's conversation. */
export interface TranscriptItem {
  /** The CLI's own name of it where something later may refer to it; null: nothing will. */
  readonly key: string | null;
  /** Milliseconds since 1970. */
  readonly ts: number | null;
  readonly kind: ImportedItem['kind'];
  readonly body: string;
  /** Of a tool: its name, and in one line what it did. */
  readonly tool?: string;
  readonly title?: string;
  readonly failed?: boolean;
}

/** What one line of a CLI's file does to the conversation, as far as it was read. */
export type TranscriptChange =
  /** Adds an entry; one with the same key is replaced where it stands. */
  | { readonly op: 'put'; readonly item: TranscriptItem }
  /** What the tool call of this key gave. */
  | {
      readonly op: 'result';
      readonly key: string;
      readonly ts: number | null;
      readonly body: string;
      readonly failed: boolean;
    }
  /** The first entry whose key begins so, and everything after it, was taken back. */
  | { readonly op: 'drop_from'; readonly prefix: string }
  /** Everything was taken back; what follows replaces it. */
  | { readonly op: 'clear' }
  | {
      readonly op: 'about';
      readonly cwd?: string;
      readonly provider_session_id?: string;
      /** A name that was given stands before one that was made up. */
      readonly title?: { readonly text: string; readonly given: boolean };
      /** The conversation of a sub-agent: part of another one. */
      readonly part?: boolean;
    };

/**
 * Reads one line (or, for a file that is one JSON value, the whole of it). Pure.
 * @returns what it changes, nothing for a line that says nothing to a person; null: a line this version does not know.
 */
export type ParseLine = (line: string) => readonly TranscriptChange[] | null;

export type Json = { readonly [key: string]: unknown };

export const asObject = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;

export const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Up to this length a text is read whatever it holds, characters. */
const sparseChars = 1_048_576;
/** Reading more values than this would take more memory than the thread has: an empty object takes fifty times its two characters. */
const mostValues = 2_000_000;

/** The text would be far larger as values than it is as text: it is not read. Pure. */
export function isTooDense(text: string): boolean {
  if (text.length <= sparseChars) return false;
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = endOfString(text, at + 1);
      if (at === -1) return false;
    } else if (code === 0x2c || code === 0x5b || code === 0x7b) {
      values += 1;
      if (values > mostValues) return true;
    }
  }
  return false;
}

/** @returns where the quote stands that ends the string; -1: nowhere. */
function endOfString(text: string, from: number): number {
  for (let at = from; ; at += 1) {
    at = text.indexOf('"', at);
    if (at === -1) return -1;
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
}

/** Null for a line that is not a JSON object, or is too dense to be read. */
export function readObject(line: string): Json | null {
  if (isTooDense(line)) return null;
  try {
    return asObject(JSON.parse(line));
  } catch {
    return null;
  }
}

/** Later than any conversation, milliseconds: the year 2099. */
const latestMs = 4.1e12;

/** Whole milliseconds since 1970 of an ISO time or a number; null for what cannot be the time of a conversation. */
export function readTime(value: unknown): number | null {
  const ms = typeof value === 'string' ? Date.parse(value) : typeof value === 'number' ? value : Number.NaN;
  const whole = Math.round(ms);
  return whole > 0 && whole < latestMs ? whole : null;
}

/** One line of at most `length` characters. */
export function titleLine(text: string, length = 200): string {
  const line = text
    .slice(0, length * 8)
    .trim()
    .replace(/\s+/g, ' ');
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}

function bounded(text: string, length: number): string {
  if (text.length <= length) return text;
  const half = Math.floor(length / 2);
  return `${text.slice(0, half)}\n[… ${text.length - 2 * half} characters …]\n${text.slice(-half)}`;
}

export const boundedSaid = (text: string): string => bounded(text, saidChars);
export const boundedTool = (text: string): string => bounded(text, toolChars);
