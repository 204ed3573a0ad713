import type { PanelTab } from '../../store/side-panel.ts';
import { wordsFor } from '../numbers.ts';

const { plural, number } = wordsFor('en');

/** The lines a comment is about, as a person names them. */
const linesOf = (from: number, to: number): string => (from === to ? `line ${from}` : `lines ${from} to ${to}`);

/** What is said at the right side of a session, and of comments on lines. */
export const panelStrings = {
  panel: {
    title: 'Side panel',
    open: 'Show changes, plan and usage',
    close: 'Hide the side panel',
    resize: 'Width of the side panel',
    resizeSidebar: 'Width of the session list',
    tabs: {
      changes: 'Changes',
      plan: 'Plan',
      goal: 'Goal',
      usage: 'Usage',
      connected: 'Connected',
    } satisfies Record<PanelTab, string>,
    noChanges: 'No file was changed yet',
    noChangesNote: 'Every file that the agent changes in this session is listed here, with its differences.',
    noPlan: 'No plan yet',
    noPlanNote: 'When the agent makes a plan, its steps and how far they are stand here.',
    noGoal: 'No goal is set',
    noGoalNote: 'Write “/goal” and what is to be reached: the agent then works on it turn after turn by itself.',
    noUsage: 'Nothing was used yet',
    noUsageNote: 'Tokens and cost stand here after the first turn, as far as the agent tells them.',
    noReports: 'The agent has not reported on it yet.',
    files: (n: number) => plural(n, 'file', 'files'),
    filesIn: (n: number) => plural(n, 'changed file', 'changed files'),
    tree: 'Changed files',
    back: 'All changed files',
    wide: 'Open over the conversation',
    narrow: 'Back beside the conversation',
    layout: 'How differences are shown',
    unified: 'One below the other',
    split: 'Side by side',
    splitNeedsRoom: 'Side by side, where there is room for it',
    change: (n: number, all: number, when: string) => `Change ${n} of ${all}, ${when}`,
    changeAt: (when: string) => `Changed ${when}`,
    outcome: { create: 'new', update: '', delete: 'deleted', gone: 'made and deleted' },
    planDone: (percent: number) => `${percent} % of the plan is done`,
    turn: 'Turn',
    turnTokens: 'Tokens in and out',
    turnCost: 'Cost',
    turns: 'By turn',
    total: 'All turns',
    notTold: 'not told',
    latest: (shown: number, all: number) => `The latest ${shown} of ${number(all)} turns.`,
    followsThis: 'follows this session',
    followsNot: 'elsewhere in this app',
    here: 'In this session',
    others: 'Connected to this app',
  },
  comment: {
    add: 'Comment on this line',
    lines: 'Lines of the difference. Arrow keys choose a line, Shift extends the choice, Enter comments on it.',
    row: { add: 'added', remove: 'removed', same: 'unchanged' },
    line: (n: number) => `line ${n}`,
    on: (where: string) => `Comment on ${where}`,
    placeholder: 'What should the agent know or do about this?',
    put: 'Add to message',
    hint: 'It is put into your message with the lines. Nothing is sent yet.',
    done: 'Added to your message.',
    goTo: 'Go to the message',
    where: (from: number, to: number, side: 'old' | 'new') =>
      side === 'new' ? linesOf(from, to) : `${linesOf(from, to)} as it was before`,
    /** The head of the quoted lines in the message. */
    reference: (path: string, where: string) => `On ${path}, ${where}:`,
  },
};
