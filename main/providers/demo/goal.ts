import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { Guide } from './guide.ts';
import { parseIntent } from './intent.ts';
import { follow } from './script.ts';

/** A goal as the guide understands it: each line of the objective is a step that it is told as a message would be. */
export interface GuideGoal {
  readonly steps: readonly string[];
  /** Steps that were reported before. */
  readonly done: number;
}

/** Reads what a goal's turn begins with; null: these are words of a person. */
export function readGoalPrompt(text: string): GuideGoal | null {
  const found =
    /^(?:Goal of this session|Continue towards the goal of this session) \(turn [^)]+\):\n\n([\s\S]*)$/.exec(text);
  if (!found) return null;
  // The objective ends where the reports or the rules begin.
  const [objective = ''] = found[1]!.split(
    /\n\n(?=Done so far:\n|Nothing was reported so far\.|You pursue this goal )/,
  );
  const steps = objective
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*]|\d+[.)])\s+/, '').trim())
    .filter((line) => line !== '');
  const reported = [...text.slice(text.indexOf('Done so far:')).matchAll(/^- Step (\d+) of \d+: /gm)];
  return { steps, done: Math.max(0, ...reported.map((one) => Number(one[1]))) };
}

/** Does the next step and reports it; ends the goal after the last one, and where it cannot go on. @param refused - a person said no in this turn. */
export async function pursue(
  { steps, done }: GuideGoal,
  guide: Guide,
  emit: (event: ProviderEvent) => void,
  refused: () => boolean,
): Promise<void> {
  const step = steps[done];
  const place = `Step ${done + 1} of ${steps.length}`;
  const stuck = async (reason: string) => {
    emit({ type: 'goal', status: 'blocked', reason });
    await guide.turn.say(reason);
  };
  if (step !== undefined) {
    const intent = parseIntent(step);
    if (intent.kind === 'unknown' || intent.kind === 'incomplete') {
      const known = 'each line of a goal has to be something it knows, e.g. "write a.txt: some text" or "run ls"';
      return stuck(`${place} is "${step}". The built-in guide is not a language model: ${known}.`);
    }
    await follow(intent, guide);
    if (refused()) return stuck(`${place}, "${step}", was not allowed.`);
    emit({ type: 'goal', status: 'active', progress: { text: `${place}: ${step}` } });
  }
  if (done + 1 < steps.length) return;
  const summary = steps.length === 1 ? 'The step is done.' : `All ${steps.length} steps are done.`;
  emit({ type: 'goal', status: 'complete', reason: summary });
  await guide.turn.say(summary);
}
