import { edit, remove, write } from './change.ts';
import type { Guide } from './guide.ts';
import { list, search } from './look.ts';
import { run } from './run.ts';
import { askPerson } from './show.ts';
import type { GuideWords } from './words/index.ts';

const fileName = 'quarterdeck-tour.md';

interface Step {
  text: string;
  run(guide: Guide): Promise<unknown>;
  /** Changes something, so it is only explained in plan mode. */
  changes?: true;
}

const stepsIn = ({ tour: words }: GuideWords): Step[] => [
  { text: words.look, run: (guide) => list(guide, '.') },
  { text: words.ask, run: (guide) => askPerson(guide) },
  { text: words.write(fileName), run: (guide) => write(guide, fileName, words.file), changes: true },
  { text: words.change, run: (guide) => edit(guide, fileName, words.from, words.to), changes: true },
  { text: words.search, run: (guide) => search(guide, words.to, '.') },
  { text: words.run, run: (guide) => run(guide, `echo ${words.hello}`), changes: true },
  { text: words.delete(fileName), run: (guide) => remove(guide, fileName), changes: true },
];

/** Walks through every part of the app. Each step is real; a step that is not allowed is left out and the tour goes on. */
export async function tour(guide: Guide): Promise<void> {
  const { turn, words } = guide;
  const steps = stepsIn(words);
  const showPlan = (current: number) =>
    turn.plan(
      steps.map((step, index) => ({
        text: step.text,
        status: index < current ? 'completed' : index === current ? 'in_progress' : 'pending',
      })),
    );
  await turn.think(words.tour.thought);
  await turn.say(words.tour.welcome(steps.length));
  for (const [index, step] of steps.entries()) {
    showPlan(index);
    if (step.changes && guide.mode() === 'plan') {
      await turn.say(words.tour.notNow(step.text));
    } else {
      await step.run(guide);
    }
  }
  showPlan(steps.length);
  await turn.say(words.tour.end);
}
