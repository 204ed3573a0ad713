import { Emitter } from '../base/emitter.ts';
import { redactionMark } from '../protocol/export.ts';

/** Shorter ones are words; taking them out would make nonsense of what people read. */
const leastChars = 8;

/**
 * The secrets this process was entrusted with, for taking exactly these out of whatever leaves it: the log, events, answers. They stand here in
 * memory only, and there is no way to list them from outside the process.
 */
export interface KnownSecrets {
  add(value: string): void;
  /** One that opens nothing any more. */
  remove(value: string): void;
  /** All of them, longest first, in the forms in which they may stand in a text. */
  values(): readonly string[];
  /** The same text comes back when none is in it. */
  redact(text: string): string;
  /** Calls back whenever one was added. @returns ends it. */
  onAdded(listener: () => void): () => void;
  /** A copy of a JSON value without them; the same value comes back when none is in it. */
  redactValue<T>(value: T): T;
}

export function createKnownSecrets(): KnownSecrets {
  const known = new Set<string>();
  const added = new Emitter<void>();
  let sorted: readonly string[] = [];
  const sort = () => {
    sorted = [...known].sort((a, b) => b.length - a.length);
  };
  const redact = (text: string): string => {
    let clean = text;
    for (const value of sorted) if (clean.includes(value)) clean = clean.replaceAll(value, redactionMark);
    return clean;
  };
  return {
    add(value) {
      const trimmed = value.trim();
      if (trimmed.length < leastChars || known.has(trimmed)) return;
      for (const form of formsOf(trimmed)) known.add(form);
      sort();
      added.emit();
    },
    remove(value) {
      for (const form of formsOf(value.trim())) known.delete(form);
      sort();
    },
    values: () => sorted,
    redact,
    onAdded: (listener) => added.on(listener),
    redactValue: (value) => (sorted.length === 0 ? value : (walk(value, redact) as typeof value)),
  };
}

/** As a member of printed JSON and in a URL it looks different. */
const formsOf = (value: string): string[] => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)];

/** Deeper than this nothing of ours is. */
const maxDepth = 200;

function walk(value: unknown, redact: (text: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > maxDepth) return '[deep]';
  if (Array.isArray(value)) {
    let changed = false;
    const members = value.map((member) => {
      const clean = walk(member, redact, depth + 1);
      changed ||= clean !== member;
      return clean;
    });
    return changed ? members : value;
  }
  let changed = false;
  const entries = Object.entries(value).map(([name, member]) => {
    const clean = [redact(name), walk(member, redact, depth + 1)] as const;
    changed ||= clean[0] !== name || clean[1] !== member;
    return clean;
  });
  return changed ? Object.fromEntries(entries) : value;
}
