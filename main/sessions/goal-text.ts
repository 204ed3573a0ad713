import type { Goal } from '../protocol/values.ts';

/** What the agent said about the goal, by a tool, by its CLI, or as the last line of its answer. */
export type GoalReport =
  | { kind: 'progress'; text: string; evidence?: string; fraction?: number }
  | { kind: 'complete'; summary?: string; evidence?: string }
  | { kind: 'blocked'; reason?: string };

/** Steps told again at the beginning of a turn: the agent may be another one, or have lost its context. */
const toldSteps = 10;

const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

const counted = ({ spent, limits }: Goal): string =>
  limits.turns === null ? `turn ${spent.turns}` : `turn ${spent.turns} of ${limits.turns}`;

const rules = `You pursue this goal over several turns, and no person answers in between. When you end your turn and the goal is not reached, the next turn starts by itself. End each turn with a sentence.
- After each real step call the tool report_progress of the server "quarterdeck": what was done, and the evidence for it (a test's output, a file, a commit).
- When the whole goal is reached and you have checked it, call complete_goal with a summary and the evidence.
- When you cannot go on without a person or something outside, call block_goal with the reason. Do not guess.
Where you do not have these tools, end your answer with one line instead: "GOAL COMPLETE: the evidence" or "GOAL BLOCKED: the reason".`;

/** Its CLI holds the same goal, but must not start turns by itself. */
const nativeRule = `
Your own goal tools show this goal as paused. That only means that turns are started from outside; work on it all the same.`;

/**
 * The words with which a turn of the goal begins; `goal.spent.turns` counts it already.
 * @param native - the CLI has goals of its own, and this one among them.
 */
export function goalPrompt(goal: Goal, native: boolean): string {
  const told = native ? `${rules}${nativeRule}` : rules;
  if (goal.progress.length === 0 && goal.spent.turns <= 1) {
    return `Goal of this session (${counted(goal)}):\n\n${goal.objective}\n\n${told}`;
  }
  const steps = goal.progress
    .slice(-toldSteps)
    .map(({ text, evidence }) => `- ${shortened(text, 500)}${evidence ? ` (${shortened(evidence, 300)})` : ''}`);
  const omitted = goal.progress.length > toldSteps ? [`- (${goal.progress.length - toldSteps} earlier steps)`] : [];
  const done =
    steps.length === 0 ? 'Nothing was reported so far.' : `Done so far:\n${[...omitted, ...steps].join('\n')}`;
  return `Continue towards the goal of this session (${counted(goal)}):\n\n${goal.objective}\n\n${done}\n\n${told}`;
}

/** How an agent without tools says that it is at an end: the last line of its answer. */
export function reportInWords(words: string): GoalReport | null {
  const last = words.trimEnd().split('\n').at(-1)?.trim() ?? '';
  const said = /^\W*GOAL (COMPLETE|BLOCKED)\W*:\s*(\S.*?)\W?\**$/.exec(last);
  if (!said) return null;
  return said[1] === 'COMPLETE' ? { kind: 'complete', summary: said[2] } : { kind: 'blocked', reason: said[2] };
}
