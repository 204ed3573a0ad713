import { limits } from '../../protocol/limits.ts';
import { say } from '../../protocol/saying.ts';
import { maxLineDepth } from '../cut-depth.ts';
import type { Translated } from './translated.ts';

/** Kinds of unknown lines that are shown, one notice for each; a CLI that only talks nonsense must not fill the record. */
const maxKinds = 20;
const maxGarbage = 5;

/** Lines that were not understood: kept once for each kind, for the person who has to find out why. */
export class UnknownLines {
  readonly #kinds = new Set<string>();
  #garbage = 0;
  #deep = 0;

  /** JSON, but of a kind that is not known. */
  unknown(kind: string, line: unknown, out: Translated[]): void {
    if (this.#kinds.has(kind) || this.#kinds.size >= maxKinds) return;
    this.#kinds.add(kind);
    const raw = JSON.stringify(line) ?? '';
    out.push({
      type: 'notice',
      level: 'info',
      code: 'unknown_message',
      say: say('notice.unknownMessage', { name: 'Claude Code', kind: kind.slice(0, 200) }),
      text: `Claude Code said something this version of the app does not know (${kind.slice(0, 200)}). It was left out.`,
      raw: raw.slice(0, limits.rawLineChars),
    });
  }

  /** JSON that is nested so deep that it is not taken over as it is. */
  tooDeep(line: string, out: Translated[]): void {
    if (++this.#deep > maxGarbage) return;
    out.push({
      type: 'notice',
      level: 'warning',
      code: 'unreadable_line',
      say: say('notice.nested', { name: 'Claude Code', depth: maxLineDepth }),
      text: `Claude Code wrote a line that is nested more than ${maxLineDepth} times. What lies deeper was left out.`,
      raw: line.slice(0, limits.rawLineChars),
    });
  }

  /** Not JSON at all. */
  garbage(line: string, out: Translated[]): void {
    if (++this.#garbage > maxGarbage) return;
    out.push({
      type: 'notice',
      level: 'info',
      code: 'unreadable_line',
      say: say('notice.garbage', { name: 'Claude Code' }),
      text: 'Claude Code wrote a line that is not part of its protocol. It was left out.',
      raw: line.slice(0, limits.rawLineChars),
    });
  }
}
