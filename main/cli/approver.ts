import { createInterface } from 'node:readline/promises';
import type { DurableEvent } from '../protocol/events.ts';
import type { ApprovalDecision } from '../protocol/values.ts';
import { plain, plainLine } from './output.ts';

export type ApprovalRequest = Extract<DurableEvent, { type: 'approval_request' }>;

export interface Answer {
  decision: ApprovalDecision;
  message?: string;
  answers?: Record<string, string>;
}

/** What a person reads before they answer: exactly what would be done. */
export function describeRequest(request: ApprovalRequest): string {
  const lines = [`${plainLine(request.tool)} asks: ${plainLine(request.title, 1000)}`];
  if (request.command !== undefined)
    lines.push(
      ...plain(request.command)
        .split('\n')
        .map((line) => `  $ ${line}`),
    );
  if (request.diff) {
    lines.push(
      `  ${request.diff.change} ${plainLine(request.diff.path)} (+${request.diff.added} -${request.diff.removed})`,
    );
    const all = request.diff.hunks.flatMap((hunk) => hunk.lines);
    lines.push(...all.slice(0, 60).map((line) => `  ${plain(line)}`));
    if (all.length > 60 || request.diff.truncated) lines.push(`  … (${all.length} lines in all)`);
  }
  if (request.reason) lines.push(`  ${plainLine(request.reason, 1000)}`);
  return lines.join('\n');
}

/** Reads "y", "s", "a", "n" or "n because ..."; null: ask again. */
export function readAnswer(line: string, lasting: boolean): Answer | null {
  const [, key = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*?)\s*$/.exec(line) ?? [];
  switch (key.toLowerCase()) {
    case 'y':
    case 'yes':
      return { decision: 'allow_once' };
    case 's':
      return lasting ? { decision: 'allow_session' } : null;
    case 'a':
      return lasting ? { decision: 'allow_always' } : null;
    case 'n':
    case 'no':
      return { decision: 'deny', ...(rest ? { message: rest } : {}) };
    default:
      return null;
  }
}

/** Reads "2" or "1,3" or own words as the answer to a question; null: ask again. Several choices are joined with ", ". */
export function readChoice(line: string, labels: string[], multiple: boolean): string | null {
  const words = line.trim();
  if (words === '') return null;
  if (!/^[\d\s,]+$/.test(words)) return words;
  const numbers = words
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number);
  const chosen = numbers.map((number) => labels[number - 1]);
  if (chosen.some((label) => label === undefined) || (!multiple && chosen.length !== 1)) return null;
  return chosen.join(', ');
}

/** Asks the person at the terminal. Null when the request was answered elsewhere meanwhile (`signal`) or the terminal was closed. */
export async function askAtTerminal(
  request: ApprovalRequest,
  signal: AbortSignal,
  onInterrupt: () => void,
  streams: { input: NodeJS.ReadableStream; output: NodeJS.WritableStream } = {
    input: process.stdin,
    output: process.stderr,
  },
): Promise<Answer | null> {
  const terminal = createInterface(streams);
  const say = (line: string) => streams.output.write(`${line}\n`);
  // In raw mode Ctrl+C is a key, not a signal.
  terminal.on('SIGINT', onInterrupt);
  const closed = new Promise<null>((resolve) => terminal.once('close', () => resolve(null)));
  const question = (prompt: string) => Promise.race([terminal.question(prompt, { signal }).catch(() => null), closed]);
  try {
    say(`\n${describeRequest(request)}`);
    if (request.questions && request.questions.length > 0) return await askQuestions(request.questions, question, say);
    const lasting = request.rule !== null;
    const choices = lasting
      ? `y once, s for this session (${plainLine(request.rule?.label ?? '')}), a always, n no`
      : 'y once, n no';
    for (;;) {
      const line = await question(`${choices} > `);
      if (line === null) return null;
      const answer = readAnswer(line, lasting);
      if (answer) return answer;
    }
  } finally {
    terminal.close();
  }
}

async function askQuestions(
  questions: NonNullable<ApprovalRequest['questions']>,
  ask: (prompt: string) => Promise<string | null>,
  say: (line: string) => void,
): Promise<Answer | null> {
  const answers: Record<string, string> = {};
  for (const { question, options, multiple } of questions) {
    say(plainLine(question, 1000));
    options.forEach(({ label, description }, index) => {
      say(`  ${index + 1}. ${plainLine(label)}${description ? ` (${plainLine(description)})` : ''}`);
    });
    let chosen: string | null = null;
    while (chosen === null) {
      const line = await ask(multiple ? 'numbers, or your own words > ' : 'number, or your own words > ');
      if (line === null) return null;
      chosen = readChoice(
        line,
        options.map((option) => option.label),
        multiple,
      );
    }
    answers[question] = chosen;
  }
  return { decision: 'allow_once', answers };
}
