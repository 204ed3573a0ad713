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

/** A report of the guide, in whichever language it was made: `goalStep` of its words. */
const report = /^- (?:Step|Schritt|手順|步骤) (\d+)(?: of | von |\/)\d+: /gm;

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
  const reported = [...text.slice(text.indexOf('Done so far:')).matchAll(report)];
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
  const { words } = guide;
  const place = words.goalStep(done + 1, steps.length);
  const stuck = async (reason: string) => {
    emit({ type: 'goal', status: 'blocked', reason });
    await guide.turn.say(reason);
  };
  if (step !== undefined) {
    const intent = parseIntent(step);
    if (intent.kind === 'unknown' || intent.kind === 'incomplete') {
      return stuck(words.goalUnknown(place, step));
    }
    await follow(intent, guide);
    if (refused()) return stuck(words.goalRefused(place, step));
    emit({ type: 'goal', status: 'active', progress: { text: `${place}: ${step}` } });
  }
  if (done + 1 < steps.length) return;
  const summary = words.goalDone(steps.length);
  emit({ type: 'goal', status: 'complete', reason: summary });
  await guide.turn.say(summary);
}
