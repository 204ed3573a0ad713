import type { CommandOf } from '../protocol/commands.ts';

/** What a message that begins with `/goal` asks for. */
export type GoalWords =
  | Pick<CommandOf<'set_goal'>, 'type' | 'objective'>
  | { type: 'change_goal'; action: 'pause' | 'resume' | 'clear' }
  /** `/goal` with nothing after it. */
  | { type: 'nothing' };

/**
 * `/goal OBJECTIVE`, `/goal pause`, `/goal resume`, `/goal clear`.
 * @returns null when the message is not about a goal.
 */
export function parseGoalWords(text: string): GoalWords | null {
  const found = /^\/goal(?:\s+([\s\S]*))?$/.exec(text.trim());
  if (!found) return null;
  const objective = (found[1] ?? '').trim();
  if (objective === '') return { type: 'nothing' };
  if (objective === 'pause' || objective === 'resume' || objective === 'clear') {
    return { type: 'change_goal', action: objective };
  }
  return { type: 'set_goal', objective };
}
