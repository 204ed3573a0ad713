import { stripVTControlCharacters } from 'node:util';
import type { Problem } from '../protocol/errors.ts';
import { invisible } from '../protocol/invisible.ts';

/** Where a verb speaks. `out` is what was asked for, `note` what a person should know besides. */
export interface Output {
  /** False when the reader is behind: then nothing more should be said before `onceDrained` calls back. */
  out(text: string): boolean;
  note(line: string): void;
  onceDrained(callback: () => void): void;
}

export const outputLine = (output: Output, line: string): boolean => output.out(`${line}\n`);

/** A problem as a person reads it: what happened, what it means, what to do. */
export function describeProblem({ message, impact, next, detail }: Problem): string {
  return [message, impact, next, detail && `(${detail})`].filter(Boolean).join('\n');
}

/** Reports a problem: words on stderr, with --json also as one line on stdout. */
export function reportProblem(output: Output, problem: Problem, json: boolean): void {
  if (json) outputLine(output, JSON.stringify({ type: 'error', error: problem }));
  output.note(describeProblem(problem));
}

/** Text of an agent made safe for a terminal: no escape sequences and no control characters that could move the cursor or change what was said. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '');
}

/**
 * Text that a person decides about: nothing is left out, and what cannot be seen is shown by its number, `[U+202E]`. What is approved is
 * what stands there.
 */
export const visible = (text: string): string =>
  text.replace(invisible, (character) => {
    const number = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return `[U+${number}]`;
  });

/** The same in one line. */
export const visibleLine = (text: string, length = 1000): string => {
  const line = visible(text.replace(/[ \n\t]+/g, ' ').trim());
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
};

export const plainLine = (text: string, length = 200): string => {
  const line = plain(text.replace(/\s+/g, ' ').trim());
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
};

/** Columns as wide as they need to be; the last one is cut to fit `width`. */
export function table(head: string[], rows: string[][], width = 160): string {
  const all = [head, ...rows].map((row) => row.map((cell) => plainLine(cell, 400)));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) => {
      const line = row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  ');
      return (line.length <= width ? line : `${line.slice(0, width - 1)}…`).trimEnd();
    })
    .join('\n');
}

/** "just now", "5 min ago", "2026-11-20 14:03". */
export function ago(then: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - then) / 1000));
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return moment(then);
}

/** Local date and time to the minute. */
export function moment(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
