import { say } from '../../protocol/saying.ts';
import type { Guide } from './guide.ts';
import { code } from './guide.ts';
import { TurnFailed } from './turn.ts';

/** A plan whose steps are ticked off one after the other. The steps look at things only. */
export async function showPlan({ turn, words }: Guide): Promise<void> {
  const steps = words.planSteps;
  const at = (current: number) =>
    turn.plan(
      steps.map((text, index) => ({
        text,
        status: index < current ? 'completed' : index === current ? 'in_progress' : 'pending',
      })),
    );
  at(0);
  await turn.say(words.planBegins);
  for (let step = 1; step <= steps.length; step += 1) {
    await turn.wait(400);
    at(step);
  }
  await turn.say(words.planEnds);
}

export async function think({ turn, words }: Guide, about: string | null): Promise<void> {
  await turn.think(words.thinking(about ?? ''));
  await turn.say(words.thought(about ? code(about) : ''));
}

export async function askPerson({ turn, words }: Guide): Promise<void> {
  await turn.think(words.askThought);
  const { askQuestion: question, topics } = words;
  const options = topics.map(({ label, description }) => ({ label, description }));
  const questions = [{ question, header: words.askHeader, multiple: true, options }];
  const call = { tool: 'Ask', kind: 'question' as const, title: question, input: { questions } };
  let answer = '';
  await turn.tool(call, async (id) => {
    const given = await turn.permission(id, { ...call, rule: null, questions });
    if (given.decision === 'deny') {
      answer = words.notChosen(given.message ?? '');
      return { status: 'denied', output: given.message || words.notAnswered };
    }
    const chosen = given.answers?.[question] ?? '';
    const known = topics.filter(({ label }) => chosen.includes(label));
    answer =
      known.length > 0
        ? known.map(({ told }) => told).join('\n\n')
        : words.otherTopic(
            chosen === '' ? '' : code(chosen),
            topics.map(({ label }) => label),
          );
    return { status: 'completed', output: chosen };
  });
  await turn.say(answer);
}

export async function fail({ turn, words }: Guide): Promise<never> {
  await turn.say(words.failing);
  throw new TurnFailed({
    code: 'provider_failed',
    say: say('guide.failed'),
    message: 'The built-in guide ended this turn with an error, because you asked it to.',
    impact: 'Nothing was changed. What was said before the error is kept.',
    next: 'Send another message to go on.',
  });
}

export async function bigOutput({ turn, words }: Guide, lines: number): Promise<void> {
  await turn.think(words.linesThought(lines));
  const call = { tool: 'Lines', kind: 'other' as const, title: words.linesTitle(lines), input: { lines } };
  await turn.tool(call, async (_id, output) => {
    let text = '';
    for (let from = 1; from <= lines; from += 500) {
      const to = Math.min(from + 499, lines);
      let part = '';
      for (let line = from; line <= to; line += 1)
        part += `line ${line} of ${lines}: the quick brown fox jumps over the lazy dog\n`;
      text += part;
      output(part);
      await turn.wait(10);
    }
    return { status: 'completed', output: text };
  });
  await turn.say(words.linesDone(lines));
}

function* numbers(to: number): Generator<string> {
  for (let number = 1; number <= to; number += 1)
    yield number === to ? `${number}.` : number % 10 === 0 ? `${number},\n` : `${number}, `;
}

export async function count({ turn }: Guide, to: number, slowly: boolean): Promise<void> {
  await turn.sayPaced(numbers(to), slowly ? 500 : 20);
}
