import { createInterface } from 'node:readline/promises';
import type { DurableEvent } from '../protocol/events.ts';
import type { ApprovalDecision, ApprovalOption } from '../protocol/values.ts';
import { visible, visibleLine } from './output.ts';

export type ApprovalRequest = Extract<DurableEvent, { type: 'approval_request' }>;

export interface Answer {
  decision: ApprovalDecision;
  message?: string;
  answers?: Record<string, string>;
  /** One of the agent's own answers. */
  option_id?: string;
}

/** Lines of a change or an input that are shown at first. */
const linesAtFirst = 60;

/** What a person reads before they answer: exactly what would be done. `cut`: how many lines were left out. */
export interface Description {
  text: string;
  cut: number;
}

/** @param whole - leaves nothing out, however long. */
export function describeRequest(request: ApprovalRequest, whole = false): Description {
  const { tool, title, command, input, reason, questions } = request;
  const changes = request.diffs?.length ? request.diffs : request.diff ? [request.diff] : [];
  const lines = [`${visibleLine(tool)} asks: ${visibleLine(title)}`];
  if (reason) lines.push(`  ${visibleLine(reason)}`);
  if (command !== undefined) lines.push(...indented(command, '  $ '));
  let long: string[] = [];
  if (changes.length > 0) {
    // Which files would change is said first, so that no cut can hide one.
    for (const { change, path, added, removed } of changes) {
      lines.push(`  ${change} ${visibleLine(path, 4096)} (+${added} -${removed})`);
    }
    long = changes.flatMap(({ path, hunks }) => [
      ...(changes.length > 1 ? [`  ${visibleLine(path, 4096)}:`] : []),
      ...hunks.flatMap((hunk) => hunk.lines).flatMap((line) => indented(line, '  ')),
    ]);
  } else if (command === undefined && !questions?.length) {
    long = readableInput(input);
  }
  const cut = whole ? 0 : Math.max(0, long.length - linesAtFirst);
  lines.push(...long.slice(0, long.length - cut));
  if (cut > 0) lines.push(`  … ${cut} more ${cut === 1 ? 'line is' : 'lines are'} not shown here; d shows all of it.`);
  if (changes.some((change) => change.truncated))
    lines.push(
      '  … The change goes on: it is too large to be recorded as a whole. Look at it in the file before you allow it.',
    );
  return { text: lines.join('\n'), cut };
}

const indented = (text: string, before: string): string[] =>
  visible(text)
    .split('\n')
    .map((line) => `${before}${line}`);

/** The input of a tool, a line for each member; longer text (a plan) stands below its name as it is. */
function readableInput(input: unknown): string[] {
  if (input === undefined || input === null) return [];
  if (typeof input !== 'object' || Array.isArray(input)) return indented(asText(input), '  ');
  return Object.entries(input).flatMap(([name, value]) => {
    const text = asText(value);
    return text.includes('\n')
      ? [`  ${visibleLine(name)}:`, ...indented(text, '    ')]
      : indented(text, `  ${visibleLine(name)}: `);
  });
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? String(value));

const decisions = {
  allow_once: 'allow_once',
  allow_always: 'allow_always',
  reject_once: 'deny',
  reject_always: 'deny',
} as const satisfies Record<ApprovalOption['kind'], ApprovalDecision>;

/** Reads "y", "s", "a", "n" or "n because ...", or the number of one of the agent's own answers; null: ask again. */
export function readAnswer(line: string, lasting: boolean, options: readonly ApprovalOption[] = []): Answer | null {
  const option = /^\s*\d+\s*$/.test(line) ? options[Number(line) - 1] : undefined;
  if (option) return { decision: decisions[option.kind], option_id: option.option_id };
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
    const shown = describeRequest(request);
    say(`\n${shown.text}`);
    if (request.questions && request.questions.length > 0) return await askQuestions(request.questions, question, say);
    const lasting = request.rule !== null;
    const choices = lasting
      ? `y once, s for this session (${visibleLine(request.rule?.label ?? '')}), a always, n no`
      : 'y once, n no';
    const options = request.options ?? [];
    for (const [at, { label }] of options.entries()) say(`  ${at + 1}. ${visibleLine(label, 300)}`);
    const own = options.length > 0 ? ', or a number' : '';
    const more = shown.cut > 0 ? ', d show all' : '';
    for (;;) {
      const line = await question(`${choices}${own}${more} > `);
      if (line === null) return null;
      if (more && /^\s*d\s*$/i.test(line)) {
        say(`\n${describeRequest(request, true).text}`);
        continue;
      }
      const answer = readAnswer(line, lasting, options);
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
    say(visibleLine(question, 1000));
    options.forEach(({ label, description }, index) => {
      say(`  ${index + 1}. ${visibleLine(label)}${description ? ` (${visibleLine(description)})` : ''}`);
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
