import type { GoalStatus } from '../../../main/protocol/values.ts';

const lineHeads: Readonly<Record<'set' | GoalStatus, string>> = {
  set: 'Goal set',
  active: 'Goal resumed',
  paused: 'Goal paused',
  complete: 'Goal reached',
  blocked: 'Goal blocked',
  cancelled: 'Goal cleared',
  out_of_budget: 'Goal stopped at its limit',
};

/** What is said of goals. */
export const goalStrings = {
  set: 'Set a goal',
  setTitle: 'A goal for this session',
  setNote:
    'The agent works on it turn after turn by itself, until it is reached, blocked, or a limit below is reached.',
  objective: 'Objective',
  objectivePlaceholder: 'All tests in this folder pass, and the README says how to run them.',
  start: 'Start',
  strip: 'Goal of this session',
  status: {
    active: 'Goal',
    paused: 'Goal paused',
    complete: 'Goal reached',
    blocked: 'Goal blocked',
    cancelled: 'Goal cancelled',
    out_of_budget: 'Goal stopped at its limit',
  } satisfies Record<GoalStatus, string>,
  /** What becomes of the goal, as a line of the transcript. */
  line: (change: 'set' | GoalStatus, text: string) => {
    const words = text.length > 300 ? `${text.slice(0, 299)}…` : text;
    return words === '' ? lineHeads[change] : `${lineHeads[change]}: ${words}`;
  },
  /** A call of one of the app's own tools, before the words of the agent. */
  step: { progress: 'Goal: progress', complete: 'Goal reached', blocked: 'Goal blocked' },
  turns: (spent: number, limit: number | null) =>
    limit === null ? `${spent} ${spent === 1 ? 'turn' : 'turns'}` : `turn ${spent} of ${limit}`,
  turnsTitle: 'Turns of the goal so far, and how many it may take',
  time: (spent: string, limit: string | null) => (limit === null ? spent : `${spent} of ${limit}`),
  timeTitle: 'Time in turns of the goal',
  cost: (spent: string, limit: string | null) => (limit === null ? spent : `${spent} of ${limit}`),
  costTitle: 'Cost of its turns, as far as the agent tells it',
  pause: 'Pause',
  pauseTitle: 'Stops the running turn and starts no other',
  resume: 'Go on',
  limits: 'Limits',
  limitsTitle: 'How far this goal may go',
  limitsNote: 'Empty: no limit.',
  limitTurns: 'Turns',
  limitMinutes: 'Minutes in turns',
  limitCost: 'US dollars',
  costUntold: 'This agent does not tell what it costs, so a limit in dollars does not stop it.',
  limitWrong: (least: string, most: string) => `From ${least} to ${most}, or empty.`,
  resumeNext: (turns: number) => `Go on with ${turns} turns`,
  clear: 'Clear the goal',
  dismiss: 'Dismiss',
  clearTitle: 'Clear this goal?',
  clearNote: 'It ends as cancelled, and its running turn is stopped. What was done and reported stays in the session.',
  clearAction: 'Clear',
  progress: (n: number) => `${n} ${n === 1 ? 'report' : 'reports'}`,
  done: (percent: number) => `${percent} % done`,
  evidence: 'Evidence',
  showObjective: 'Show the whole objective',
  turnMessage: 'Turn of the goal',
  turnMessageOf: (turn: string) => `Turn ${turn} of the goal`,
};
