import type { PermissionMode } from '../../protocol/values.ts';
import type { StartCommand } from './command.ts';
import type { Turn } from './turn.ts';
import type { GuideWords } from './words/index.ts';

/** What a script of the guide works with. */
export interface Guide {
  readonly turn: Turn;
  /** The session's folder, absolute. */
  readonly cwd: string;
  /** The session was picked up again under its old id. */
  readonly resumed: boolean;
  /** The mode as it is now; it can change while a turn runs. */
  mode(): PermissionMode;
  readonly startCommand: StartCommand;
  /** In the language it is spoken to. */
  readonly words: GuideWords;
}

/** Said in plan mode in place of doing it. */
export async function sayWouldDo(guide: Guide, steps: string[]): Promise<void> {
  guide.turn.plan(steps.map((text) => ({ text, status: 'pending' })));
  await guide.turn.say(guide.words.wouldDo(steps.map((step, index) => `${index + 1}. ${step}`).join('\n')));
}

/** A fence around text that may hold fences itself. */
export function fence(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${text}${text.endsWith('\n') || text === '' ? '' : '\n'}${ticks}`;
}

/** Inline code, also when the text holds backticks. */
export function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const ticks = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${text}\`` : `${ticks} ${text} ${ticks}`;
}

/** A size as people read it. */
export function bytes(count: number, words: GuideWords): string {
  if (count < 1024) return words.bytes(count);
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = count / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}
