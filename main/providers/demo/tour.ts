import { edit, remove, write } from './change.ts';
import { code, type Guide } from './guide.ts';
import { list, search } from './look.ts';
import { run } from './run.ts';
import { askPerson } from './show.ts';

const fileName = 'quarterdeck-tour.md';
const fileText = '# A file of the tour\n\nThe weather is fine.\n';
const command = 'echo Hello from a real command';

interface Step {
  text: string;
  run(guide: Guide): Promise<unknown>;
  /** Changes something, so it is only explained in plan mode. */
  changes?: true;
}

const steps: Step[] = [
  { text: 'Look at the folder', run: (guide) => list(guide, '.') },
  { text: 'Ask you a question', run: (guide) => askPerson(guide) },
  { text: `Write ${fileName}`, run: (guide) => write(guide, fileName, fileText), changes: true },
  { text: 'Change one word of it', run: (guide) => edit(guide, fileName, 'fine', 'splendid'), changes: true },
  { text: 'Search for that word', run: (guide) => search(guide, 'splendid', '.') },
  { text: 'Run a command', run: (guide) => run(guide, command), changes: true },
  { text: `Delete ${fileName} again`, run: (guide) => remove(guide, fileName), changes: true },
];

/** Walks through every part of the app. Each step is real; a step that is not allowed is left out and the tour goes on. */
export async function tour(guide: Guide): Promise<void> {
  const { turn } = guide;
  const showPlan = (current: number) =>
    turn.plan(
      steps.map((step, index) => ({
        text: step.text,
        status: index < current ? 'completed' : index === current ? 'in_progress' : 'pending',
      })),
    );
  await turn.think(
    'I am about to walk you through the app. The plan below shows where we are. Each step is done for real.',
  );
  await turn.say(
    `Welcome. This tour has ${steps.length} steps. Where something would be changed or run, you are asked first: look at the card and answer as you like. **Esc** stops at any time.`,
  );
  for (const [index, step] of steps.entries()) {
    showPlan(index);
    if (step.changes && guide.mode() === 'plan') {
      await turn.say(`*${step.text}*: not now, because this session is in plan mode.`);
    } else {
      await step.run(guide);
    }
  }
  showPlan(steps.length);
  await turn.say(
    `That was the tour. You saw reasoning, a plan, tool cards, a question, approvals, a difference and a command's output. Now try it yourself: ${code('help')} lists what I understand, and a real agent is one *New session* away.`,
  );
}
