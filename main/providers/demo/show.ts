import { say } from '../../protocol/saying.ts';
import type { Guide } from './guide.ts';
import { code } from './guide.ts';
import { TurnFailed } from './turn.ts';

/** A plan whose steps are ticked off one after the other. The steps look at things only. */
export async function showPlan({ turn }: Guide): Promise<void> {
  const steps = ['Say what a plan is', 'Tick this step off', 'Finish'];
  const at = (current: number) =>
    turn.plan(
      steps.map((text, index) => ({
        text,
        status: index < current ? 'completed' : index === current ? 'in_progress' : 'pending',
      })),
    );
  at(0);
  await turn.say(
    'An agent with a longer task writes down its steps first. You see them as a list that is kept up to date.',
  );
  for (let step = 1; step <= steps.length; step += 1) {
    await turn.wait(400);
    at(step);
  }
  await turn.say('All steps are done. A real agent would have worked between them.');
}

export async function think({ turn }: Guide, about: string | null): Promise<void> {
  await turn.think(
    `I am asked to think${about ? ` about ${about}` : ''}. To be honest, I cannot: I only follow a script. This block shows where an agent's reasoning appears. It is folded when it is finished, and it stays in the log.`,
  );
  await turn.say(
    `I do not really think${about ? ` about ${code(about)}, or about anything else` : ''}, but above you can unfold the place where an agent's reasoning stands.`,
  );
}

const topics = [
  { label: 'Approvals', description: 'What may run without asking' },
  { label: 'The log', description: 'What is kept, and where' },
  { label: 'Other devices', description: 'Going on from another screen' },
];
const explanations: Record<string, string> = {
  Approvals:
    '**Approvals.** In the mode *ask*, every change and every command waits for you. *Accept edits* lets files in the folder be changed, *plan* changes nothing, *full* never asks. A request waits as long as you need, also over a restart.',
  'The log':
    '**The log.** Every message, tool call and answer is an event in a database on this machine, each chained to the one before, so that a changed byte is noticed. `quarterdeck verify` checks it.',
  'Other devices':
    '**Other devices.** A turn belongs to its session, not to a window: close it, open it elsewhere, and you get exactly what you missed.',
};

export async function askPerson({ turn }: Guide): Promise<void> {
  await turn.think('I am about to ask you a question, the way agents do when they need a decision.');
  const question = 'What would you like to hear more about?';
  const questions = [{ question, header: 'Topic', multiple: true, options: topics }];
  const call = { tool: 'Ask', kind: 'question' as const, title: question, input: { questions } };
  let answer = '';
  await turn.tool(call, async (id) => {
    const given = await turn.permission(id, { ...call, rule: null, questions });
    if (given.decision === 'deny') {
      answer = `You did not choose. That is fine.${given.message ? ` You said: “${given.message}”` : ''}`;
      return { status: 'denied', output: given.message || 'Not answered.' };
    }
    const chosen = given.answers?.[question] ?? '';
    const known = topics.map((topic) => topic.label).filter((label) => chosen.includes(label));
    answer =
      known.length > 0
        ? known.map((label) => explanations[label]).join('\n\n')
        : `You answered ${code(chosen || 'nothing')}. I have nothing to tell about that: my topics are ${topics.map((topic) => topic.label).join(', ')}.`;
    return { status: 'completed', output: chosen };
  });
  await turn.say(answer);
}

export async function fail({ turn }: Guide): Promise<never> {
  await turn.say('As you asked, this turn is about to end with an error.');
  throw new TurnFailed({
    code: 'provider_failed',
    say: say('guide.failed'),
    message: 'The built-in guide ended this turn with an error, because you asked it to.',
    impact: 'Nothing was changed. What was said before the error is kept.',
    next: 'Send another message to go on.',
  });
}

export async function bigOutput({ turn }: Guide, lines: number): Promise<void> {
  await turn.think(`I am about to produce ${lines} lines, so that you see how a long output is shown.`);
  const call = { tool: 'Lines', kind: 'other' as const, title: `${lines} lines`, input: { lines } };
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
  await turn.say(
    `That were ${lines} lines. A long output is folded; of a very long one the middle is left out, and the card says how much.`,
  );
}

function* numbers(to: number): Generator<string> {
  for (let number = 1; number <= to; number += 1)
    yield number === to ? `${number}.` : number % 10 === 0 ? `${number},\n` : `${number}, `;
}

export async function count({ turn }: Guide, to: number, slowly: boolean): Promise<void> {
  await turn.sayPaced(numbers(to), slowly ? 500 : 20);
}
