import type { Problem } from '../../protocol/errors.ts';
import type { CliExit, CliProcess } from '../process/cli-process.ts';
import { processesOfRuns, type TreeProcess } from '../process/process-table.ts';
import { type Fields, fields, string } from '../shared/fields.ts';
import { type CodexHost, launchCodex } from './launch.ts';
import { PlanLimits } from './plan-limits.ts';
import { bounded, ended, keyRefused, notUnderstood } from './problems.ts';
import { notificationLine, type RequestId, readMessage, refuseLine, requestLine, resultLine } from './wire.ts';

const garbageChars = 2000;
/** Characters of garbage without one good line among them before the CLI is given up. */
const maxGarbageChars = 16 * 1024 * 1024;

/** `error` and `code` are JSON-RPC's; an answer that never came because the process ended has `gone`. */
export type Answer = { ok: true; result: Fields } | { ok: false; error: string; code: number; gone: boolean };

export interface ThreadListener {
  /** @param child - id of the sub-agent's thread, when it is not the listener's own. */
  onNotification(method: string, params: Fields, child: string | undefined): void;
  onRequest(id: RequestId, method: string, params: Fields, child: string | undefined): void;
  /** What concerns every thread: limits of the account, skills. */
  onShared(method: string, params: Fields): void;
}

export interface AppServerListener {
  /** The process and all it started are gone. Told once, never before the constructor returned. */
  onGone(): void;
  /** The handshake is done; what was asked before goes out now. */
  onReady?(): void;
}

/** One process of `codex app-server`, shared by all conversations: lines in, lines out, who gets which, and what is known when it ends. */
export class AppServer {
  /** Marks the process; the commands of each thread have a mark of their own below it, see `threadMark`. */
  readonly runId: string;
  /** Variables whose values the tools must not see. */
  readonly secretNames: readonly string[];
  version: string | undefined;
  /** The key of the app it was started with; null: the person's own sign-in. */
  readonly key: string | null;
  /** What the plan of the account allows, as far as it was told. */
  readonly limits = new PlanLimits();
  readonly #process: CliProcess | null = null;
  readonly #problem: Problem | null = null;
  readonly #listener: AppServerListener;
  readonly #answers = new Map<RequestId, (answer: Answer) => void>();
  readonly #threads = new Map<string, ThreadListener>();
  /** Threads of sub-agents, to the thread that began them. */
  readonly #parents = new Map<string, string>();
  readonly #waiting: string[] = [];
  readonly #login: string | null;
  readonly #warnings: string[] = [];
  #ready = false;
  #gone = false;
  #exit: CliExit | null = null;
  #understood = 0;
  #garbage = '';
  #garbageChars = 0;
  /** Why the key of the app was not taken. */
  #refused: string | null = null;
  #requests = 0;
  #marks = 0;

  /** @param probe - it is only asked what it knows. */
  constructor(host: CodexHost, listener: AppServerListener, probe = false) {
    this.#listener = listener;
    const heard = {
      onLine: (line: string) => this.#hear(line),
      onExit: (exit: CliExit) => {
        this.#exit = exit;
        this.#end();
      },
    };
    const launched = launchCodex(host, heard, probe);
    if ('problem' in launched) {
      this.#problem = launched.problem;
      this.runId = '';
      this.secretNames = [];
      this.key = null;
      this.#login = null;
      setImmediate(() => this.#end());
      return;
    }
    this.#process = launched.process;
    this.runId = launched.runId;
    this.secretNames = launched.secretNames;
    this.key = launched.key;
    this.#login = launched.login;
    const clientInfo = { name: 'quarterdeck', title: 'Quarterdeck', version: '1' };
    // The experimental part of the protocol has the list of what runs in the background.
    const capabilities = { experimentalApi: true, requestAttestation: false };
    this.#write('initialize', { clientInfo, capabilities }, (answer) => this.#initialized(answer));
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** Asks; `onAnswer` is called in the order of the lines, exactly once. */
  request(method: string, params: object, onAnswer: (answer: Answer) => void = () => {}): void {
    if (this.#gone) queueMicrotask(() => onAnswer(goneAnswer));
    else if (this.#ready) this.#write(method, params, onAnswer);
    else this.#waiting.push(this.#line(method, params, onAnswer));
  }

  /** The same as a promise, for what does not depend on the order of lines. */
  ask(method: string, params: object): Promise<Answer> {
    return new Promise((resolve) => this.request(method, params, resolve));
  }

  answer(id: RequestId, result: object): void {
    this.#process?.write(resultLine(id, result));
  }

  refuse(id: RequestId, method: string): void {
    this.#process?.write(refuseLine(id, method));
  }

  listen(threadId: string, listener: ThreadListener): void {
    this.#threads.set(threadId, listener);
  }

  /** What is told about a sub-agent's thread goes to who follows the one that began it. */
  adopt(child: string, parent: string): void {
    if (child !== parent) this.#parents.set(child, parent);
  }

  forget(threadId: string): void {
    this.#threads.delete(threadId);
    for (const [child, parent] of this.#parents) if (parent === threadId) this.#parents.delete(child);
  }

  /** A mark for the commands of one thread: the run marker that its shells are given instead of the process's own. */
  newThreadMark(): string {
    return `${this.runId}.${++this.#marks}`;
  }

  /** What runs under a thread's mark. @param known - found before; see `processesOfRuns`. */
  processesOf(mark: string, known?: readonly TreeProcess[]): TreeProcess[] {
    return this.#process === null ? [] : processesOfRuns((runId) => runId === mark, known);
  }

  stop(how?: { politeMs?: number; graceMs?: number }): Promise<void> {
    return this.#process?.stop(how) ?? Promise.resolve();
  }

  /** Why a turn that ran on it failed, once it is gone. */
  endProblem(): Problem {
    if (this.#problem !== null) return this.#problem;
    if (this.#refused !== null) return keyRefused(this.#refused);
    if (this.#exit === null || (this.#speaksNonsense && isKilled(this.#exit))) return notUnderstood(this.#garbage);
    return ended(this.#exit, this.#understood > 0, this.#garbage);
  }

  /** Why it is given up although it runs; null when there is no reason in what it says. */
  nonsenseProblem(): Problem | null {
    return this.#speaksNonsense ? notUnderstood(this.#garbage) : null;
  }

  get #speaksNonsense(): boolean {
    return this.#understood === 0 && this.#garbage !== '';
  }

  #initialized(answer: Answer): void {
    if (!answer.ok) {
      if (!answer.gone) this.#garbage ||= bounded(answer.error, garbageChars);
      this.#understood = 0;
      void this.stop();
      return;
    }
    this.version = /^[^/\s]+\/(\d+\.\d+\.\d+\S*)/.exec(string(answer.result.userAgent) ?? '')?.[1];
    this.#process?.write(notificationLine('initialized'));
    if (this.#login === null) this.#open();
    else this.#write('account/login/start', { type: 'apiKey', apiKey: this.#login }, (login) => this.#signedIn(login));
  }

  #signedIn(answer: Answer): void {
    if (answer.ok) this.#open();
    else if (!answer.gone) {
      this.#refused = bounded(answer.error, garbageChars);
      void this.stop();
    }
  }

  #open(): void {
    this.#ready = true;
    for (const line of this.#waiting.splice(0)) this.#process?.write(line);
    this.#listener.onReady?.();
  }

  #write(method: string, params: object, onAnswer: (answer: Answer) => void): void {
    this.#process?.write(this.#line(method, params, onAnswer));
  }

  #line(method: string, params: object, onAnswer: (answer: Answer) => void): string {
    const id = ++this.#requests;
    this.#answers.set(id, onAnswer);
    return requestLine(id, method, params);
  }

  #hear(line: string): void {
    const message = readMessage(line);
    if (message.kind === 'garbage') {
      this.#keepGarbage(line);
      return;
    }
    this.#garbageChars = 0;
    this.#understood++;
    switch (message.kind) {
      case 'answer': {
        const onAnswer = this.#answers.get(message.id);
        this.#answers.delete(message.id);
        const { ok, result, error, code } = message;
        onAnswer?.(ok ? { ok, result } : { ok, error, code, gone: false });
        break;
      }
      case 'request': {
        const [listener, child] = this.#listenerOf(threadOf(message.params));
        if (listener === undefined) this.refuse(message.id, message.method);
        else listener.onRequest(message.id, message.method, message.params, child);
        break;
      }
      case 'notification':
        this.#notified(message.method, message.params);
    }
  }

  #notified(method: string, params: Fields): void {
    if (method === 'configWarning' || method === 'deprecationNotice') this.#warn(params);
    const thread = fields(params.thread);
    const [started, parent] = [string(thread.id), string(thread.parentThreadId)];
    if (method === 'thread/started' && started !== undefined && parent !== undefined)
      this.#parents.set(started, parent);
    const threadId = threadOf(params);
    const [listener, child] = this.#listenerOf(threadId);
    listener?.onNotification(method, params, child);
    if (threadId !== undefined) return;
    if (method === 'account/rateLimits/updated') this.learnLimits(fields(params.rateLimits));
    else for (const one of this.#threads.values()) one.onShared(method, params);
  }

  learnLimits(snapshot: Fields): void {
    if (!this.limits.learn(snapshot)) return;
    for (const one of this.#threads.values()) one.onShared('account/rateLimits/updated', {});
  }

  /** What it warned of at its start, once: with the first turn that asks. */
  takeWarnings(): string[] {
    return this.#warnings.splice(0);
  }

  /** Remarks about the machine come with every start; what concerns the person's settings names a file or explains itself. */
  #warn({ summary, details, path }: Fields): void {
    const words = [summary, details, path].filter((part): part is string => typeof part === 'string' && part !== '');
    if (words.length > 1 && this.#warnings.length < 10) this.#warnings.push(words.join('\n'));
  }

  /** Who follows this thread, or the one that began it. */
  #listenerOf(threadId: string | undefined): [listener: ThreadListener | undefined, child: string | undefined] {
    let at = threadId;
    for (let depth = 0; at !== undefined && depth < 20; depth++) {
      const listener = this.#threads.get(at);
      if (listener !== undefined) return [listener, at === threadId ? undefined : threadId];
      at = this.#parents.get(at);
    }
    return [undefined, undefined];
  }

  #keepGarbage(line: string): void {
    if (this.#garbage.length < garbageChars) this.#garbage = bounded(`${this.#garbage}${line}\n`, garbageChars);
    const before = this.#garbageChars;
    this.#garbageChars += line.length;
    if (before < maxGarbageChars && this.#garbageChars >= maxGarbageChars) void this.stop();
  }

  #end(): void {
    this.#gone = true;
    const answers = [...this.#answers.values()];
    this.#answers.clear();
    this.#waiting.length = 0;
    this.#listener.onGone();
    for (const onAnswer of answers) onAnswer(goneAnswer);
  }
}

const goneAnswer: Answer = { ok: false, error: 'Codex has ended.', code: 0, gone: true };

function isKilled(exit: CliExit): boolean {
  return exit.kind === 'exited' && exit.signal !== null && !exit.lineTooLong;
}

function threadOf(params: Fields): string | undefined {
  return string(params.threadId) ?? string(params.conversationId) ?? string(fields(params.thread).id);
}
