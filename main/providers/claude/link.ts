import type { Problem } from '../../protocol/errors.ts';
import type { CliExit, CliProcess } from '../process/cli-process.ts';
import type { TreeProcess } from '../process/process-table.ts';
import type { Fields } from '../shared/fields.ts';
import { Leftovers } from '../shared/leftovers.ts';
import { type ClaudeHost, launchClaude } from './launch.ts';
import type { PlanLimits } from './plan-limits.ts';
import { bounded, ended, notItsProtocol, notUnderstood } from './problems.ts';
import { Translator } from './translate.ts';
import type { Translated } from './translated.ts';
import { controlRequestLine } from './wire.ts';

const garbageChars = 2000;
/** Characters of garbage without one good line among them before the CLI is given up. */
const maxGarbageChars = 16 * 1024 * 1024;

export interface LinkOptions {
  host: ClaudeHost;
  cwd: string;
  args: readonly string[];
  /** Of the CLI, where it is known by the time it is started. */
  version: () => string | undefined;
  /** The start waits for this, and what is written meanwhile with it; null: it is started at once. Never rejects. */
  after?: Promise<void> | null;
  plan?: PlanLimits;
  now: () => number;
}

export interface LinkListener {
  /** Everything one line means, in order. */
  onTranslated(translated: readonly Translated[], useful: boolean): void;
  /** It writes only nonsense, without end. Told once. */
  onFlood(): void;
  /** The process and all it started are gone. Told once, never before the constructor returned. */
  onGone(): void;
}

export type Answer = (ok: boolean, answer: Fields, error: string) => void;

/** One process of Claude Code: lines in, lines out, and what is known about it when it ends. */
export class Link {
  readonly translator: Translator;
  readonly leftovers = new Leftovers();
  /** The session to resume does not exist. */
  resumeFailed = false;
  /** Resolves when the process is started, or will never be, with whether it is; null: it was started at once. */
  readonly started: Promise<boolean> | null;
  #process: CliProcess | null = null;
  /** Lines for a process that waits to be started; null: none does. */
  #held: string[] | null = null;
  #leaving: Promise<void> | null = null;
  readonly #tellGone: () => void;
  readonly #answers = new Map<string, Answer>();
  #exit: CliExit | null = null;
  #problem: Problem | null = null;
  #garbage = '';
  #garbageChars = 0;
  #unknown = '';
  #requests = 0;
  #answeredOnce = false;

  constructor(options: LinkOptions, listener: LinkListener) {
    const { cwd, plan, now, after = null } = options;
    this.translator = new Translator({ cwd, now, ...(plan === undefined ? {} : { plan }) });
    this.#tellGone = () => listener.onGone();
    if (after === null) {
      this.started = null;
      this.#start(options, listener);
      return;
    }
    this.#held = [];
    this.started = after.then(() => {
      const held = this.#held;
      // Stopped before it was started.
      if (held === null) return false;
      this.#held = null;
      this.#start(options, listener);
      for (const line of held) this.write(line);
      return this.#process !== null;
    });
  }

  #start({ host, cwd, args, version }: LinkOptions, listener: LinkListener): void {
    const launched = launchClaude(
      host,
      { cwd, args, version: version() },
      {
        onLine: (line) => this.#hear(line, listener),
        onExit: (exit) => {
          this.#exit = exit;
          if (exit.kind === 'exited' && /No conversation found/.test(exit.stderr)) this.resumeFailed = true;
          listener.onGone();
        },
      },
    );
    if ('problem' in launched) {
      this.#problem = launched.problem;
      setImmediate(this.#tellGone);
    } else this.#process = launched.started;
  }

  write(line: string): void {
    if (this.#held !== null) this.#held.push(line);
    else this.#process?.write(line);
  }

  /** Sends a control request; `onAnswer` is called when the CLI answers, and never when it does not. */
  control(request: { subtype: string; [field: string]: unknown }, onAnswer: Answer = () => {}): void {
    const id = `quarterdeck-${++this.#requests}`;
    this.#answers.set(id, onAnswer);
    this.write(controlRequestLine(id, request));
  }

  /** What the running turn started and what still runs. @param known - found before; see `processesOfRuns`. */
  leftOfTurn(known?: readonly TreeProcess[]): TreeProcess[] {
    return this.#process === null ? [] : this.leftovers.ofTurn(this.#process.processes(known), this.#process.pid);
  }

  /** From now on, what runs belongs to earlier turns. */
  beginTurn(): void {
    this.leftovers.begin(this.#process?.processes() ?? []);
  }

  stop(how?: { politeMs?: number; graceMs?: number }): Promise<void> {
    if (this.#held !== null) {
      this.#held = null;
      this.#leaving = new Promise((resolve) => {
        setImmediate(() => {
          this.#tellGone();
          resolve();
        });
      });
    }
    return this.#leaving ?? this.#process?.stop(how) ?? Promise.resolve();
  }

  /** Why a turn that ran on it failed, once it is gone. */
  endProblem(): Problem {
    if (this.#problem !== null) return this.#problem;
    const understood = this.translator.understood > 0;
    if (this.#exit === null) return this.nonsenseProblem();
    if (!understood && this.#garbage === '' && this.#unknown !== '') return this.nonsenseProblem();
    return ended(this.#exit, understood, this.#garbage);
  }

  /** It runs, but what it says makes no sense. */
  nonsenseProblem(): Problem {
    return this.#unknown === '' ? notItsProtocol('was ended', this.#garbage) : notUnderstood(this.#unknown);
  }

  /** True when it said something, but nothing that was understood. */
  get speaksNonsense(): boolean {
    return this.translator.understood === 0 && (this.#unknown !== '' || this.#garbage !== '');
  }

  /** The same, and it did not answer any of our requests either, as one that only starts slowly does. */
  get speaksOnlyNonsense(): boolean {
    return this.speaksNonsense && !this.#answeredOnce;
  }

  #hear(line: string, listener: LinkListener): void {
    const before = this.translator.understood;
    const translated = this.translator.line(line);
    const useful = this.translator.understood > before;
    if (useful) this.#garbageChars = 0;
    else this.#keepNonsense(line, translated, listener);
    for (const one of translated)
      if (one.type === 'cli_answer') this.#answered(one.requestId, one.ok, one.answer, one.error);
    listener.onTranslated(translated, useful);
  }

  #answered(id: string, ok: boolean, answer: Fields, error: string): void {
    const onAnswer = this.#answers.get(id);
    this.#answers.delete(id);
    if (onAnswer !== undefined) this.#answeredOnce = true;
    onAnswer?.(ok, answer, error);
  }

  #keepNonsense(line: string, translated: readonly Translated[], listener: LinkListener): void {
    if (translated.some((one) => one.type === 'cli_answer')) return;
    if (line.startsWith('{')) this.#unknown ||= bounded(line, garbageChars);
    else if (this.#garbage.length < garbageChars) this.#garbage = bounded(`${this.#garbage}${line}\n`, garbageChars);
    const before = this.#garbageChars;
    this.#garbageChars += line.length;
    if (before < maxGarbageChars && this.#garbageChars >= maxGarbageChars) listener.onFlood();
  }
}
