/** What a person pastes to start an agent, in the words of a shell. No shell reads it: it is taken apart here. */
export interface CommandLine {
  command: string;
  args: string[];
  /** `NAME=value` before the program. */
  env: { [name: string]: string };
}

/** Why a line cannot be taken as it stands. `shell`: it needs a shell, which is not there; `what` is the piece in question. */
export type CommandLineProblem = { kind: 'empty' } | { kind: 'quote' } | { kind: 'shell'; what: string };

export type ParsedCommandLine = { ok: true; line: CommandLine } | { ok: false; problem: CommandLineProblem };

/** Signs that mean something to a shell only. */
const operators = new Set(['|', '&', ';', '<', '>', '(', ')', '`', '$']);

/**
 * Takes a command line apart as a POSIX shell does: blanks, single and double quotes, backslashes. Nothing is expanded but a leading `~/`.
 * @param home - the person's home folder on the machine of the app.
 */
export function parseCommandLine(text: string, home: string | null): ParsedCommandLine {
  const trimmed = text.trim();
  // A path of Windows is full of backslashes that quote nothing.
  const escapes = !/^["']?[A-Za-z]:\\/.test(trimmed);
  const words: string[] = [];
  /** Numbers of the words that set a variable: nothing before their `=` is quoted. */
  const settings = new Set<number>();
  let wasQuoted = false;
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  for (let at = 0; at < trimmed.length; at += 1) {
    const sign = trimmed.charAt(at);
    const next = trimmed.charAt(at + 1);
    if (quote === null && /\s/.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
      wasQuoted = false;
    } else if (sign === quote) quote = null;
    else if (quote === null && (sign === '"' || sign === "'")) {
      quote = sign;
      wasQuoted = true;
      word ??= '';
    } else if (
      sign === '\\' &&
      escapes &&
      next !== '' &&
      (quote === null || (quote === '"' && '"\\$`'.includes(next)))
    ) {
      word = `${word ?? ''}${next}`;
      wasQuoted = true;
      at += 1;
    } else if ((quote === null && operators.has(sign)) || (quote === '"' && (sign === '`' || sign === '$'))) {
      return { ok: false, problem: { kind: 'shell', what: sign } };
    } else {
      if (sign === '=' && !wasQuoted) settings.add(words.length);
      const isHome: boolean = quote === null && word === null && sign === '~' && (next === '/' || next === '');
      word = `${word ?? ''}${isHome && home !== null ? home : sign}`;
    }
  }
  if (quote !== null) return { ok: false, problem: { kind: 'quote' } };
  if (word !== null) words.push(word);
  const env: { [name: string]: string } = {};
  let from = 0;
  for (; from < words.length; from += 1) {
    const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/.exec(words[from] ?? '') ?? [];
    if (name === undefined || !settings.has(from)) break;
    env[name] = value ?? '';
  }
  const [command, ...args] = words.slice(from);
  if (command === undefined || command === '') return { ok: false, problem: { kind: 'empty' } };
  return { ok: true, line: { command, args, env } };
}

/** The line that `parseCommandLine` takes apart into these words; without the variables, which stand in rows of their own. */
export function formatCommandLine({ command, args }: Pick<CommandLine, 'command' | 'args'>): string {
  const windows = /^[A-Za-z]:\\/.test(command);
  return [command, ...args].map((word) => quoted(word, windows)).join(' ');
}

function quoted(word: string, windows: boolean): string {
  if (/^[\w@%+=:,./-]+$/.test(word) && !/^[A-Za-z_]\w*=/.test(word)) return word;
  // In a line of Windows a backslash stands for itself, also inside of quotes.
  if (windows) return word.includes('"') ? `'${word}'` : `"${word}"`;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
