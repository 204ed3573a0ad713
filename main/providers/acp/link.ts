import { randomBytes } from 'node:crypto';
import type { Problem } from '../../protocol/errors.ts';
import type { CliExit, CliProcess } from '../process/cli-process.ts';
import { secretValues } from '../process/environment.ts';
import type { TreeProcess } from '../process/process-table.ts';
import { newRunId } from '../process/run-id.ts';
import { Leftovers } from '../shared/leftovers.ts';
import { bounded } from '../shared/problems.ts';
import type { AcpAgent, AcpHost } from './agent.ts';
import { AcpConnection } from './connection.ts';
import { ended, notUnderstood } from './problems.ts';
import { startTerminal, type TerminalExit } from './terminal-process.ts';
import { Terminals } from './terminals.ts';
import { Updates } from './updates.ts';
import type { Fields, RpcId } from './wire.ts';

const garbageChars = 2000;
/** Characters of garbage without one good line among them before the agent is given up. */
const maxGarbageChars = 16 * 1024 * 1024;
/** Unreadable lines that are shown; an agent that only talks nonsense must not fill the record. */
const maxGarbageNotices = 5;

export interface LinkOptions {
  host: AcpHost;
  agent: AcpAgent;
  cwd: string;
  now: () => number;
}

export interface LinkListener {
  onNotification(method: string, params: Fields, line: Fields): void;
  onRequest(id: RpcId, method: string, params: Fields, line: Fields): void;
  /** A line came. @param useful - it was of the protocol. */
  onLine(useful: boolean): void;
  onGarbage(text: string): void;
  /** It writes only nonsense, without end. Told once. */
  onFlood(): void;
  onTerminalText(terminalId: string, text: string): void;
  onTerminalExit(terminalId: string, exit: TerminalExit, output: string): void;
  /** The process and all it started are gone. Told once, never before the constructor returned. */
  onGone(): void;
}

/** One process of an agent: lines in, lines out, and what is known about it when it ends. */
export class Link {
  readonly connection: AcpConnection;
  readonly updates: Updates;
  /** Commands that we run for it. */
  readonly terminals: Terminals;
  readonly leftovers = new Leftovers();
  /** What ids made on this link begin with: no other link of the session has the same. */
  readonly prefix = randomBytes(4).toString('hex');
  /** Why it could not be made ready. */
  failure: Problem | null = null;
  readonly #agent: AcpAgent;
  readonly #process: CliProcess | null;
  readonly #launchProblem: Problem | null = null;
  #exit: CliExit | null = null;
  #understood = 0;
  #garbage = '';
  #garbageChars = 0;
  #garbageLines = 0;
  #unknown = '';

  constructor({ host, agent, cwd, now }: LinkOptions, listener: LinkListener) {
    this.#agent = agent;
    const terminalOutput = (id: string) => this.terminals.output(id);
    this.updates = new Updates({
      prefix: this.prefix,
      cwd,
      now,
      quirks: agent.quirks,
      name: agent.name,
      terminalOutput,
    });
    this.connection = new AcpConnection((text) => this.#process?.write(text), {
      onNotification: (method, params, line) => listener.onNotification(method, params, line),
      onRequest: (id, method, params, line) => listener.onRequest(id, method, params, line),
      onUnknown: (line) => {
        this.#unknown ||= bounded(JSON.stringify(line), garbageChars);
      },
      onGarbage: (text) => {
        if (this.#garbage.length < garbageChars) this.#garbage = bounded(`${this.#garbage}${text}\n`, garbageChars);
        if (++this.#garbageLines <= maxGarbageNotices) listener.onGarbage(text);
      },
    });
    const runId = newRunId(host.instance);
    this.terminals = new Terminals({
      env: host.env,
      cwd,
      runId,
      start: host.startTerminal ?? startTerminal,
      answer: (id, result) => this.connection.answer(id, result),
      refuse: (id, error) => this.connection.refuse(id, error),
      onText: (id, text) => listener.onTerminalText(id, text),
      onExit: (id, exit, output) => listener.onTerminalExit(id, exit, output),
    });
    const command = agent.command(runId);
    if ('problem' in command) {
      this.#process = null;
      this.#launchProblem = command.problem;
      setImmediate(() => listener.onGone());
      return;
    }
    const { file, args, env } = command;
    this.#process = host.startCli(
      { file, args, cwd, env, runId, secrets: secretValues(env) },
      {
        onLine: (line) => this.#hear(line, listener),
        onExit: (exit) => {
          this.#exit = exit;
          listener.onGone();
        },
      },
    );
  }

  /** What the running turn started and what still runs. @param known - found before; see `processesOfRuns`. */
  leftOfTurn(known?: readonly TreeProcess[]): TreeProcess[] {
    return this.#process === null ? [] : this.leftovers.ofTurn(this.#process.processes(known), this.#process.pid);
  }

  /** From now on, what runs belongs to earlier turns. */
  beginTurn(): void {
    this.leftovers.begin(this.#process?.processes() ?? []);
  }

  /** Ends the agent and all that runs for it. */
  async stop(how?: { politeMs?: number; graceMs?: number }): Promise<void> {
    await Promise.all([this.terminals.killAll(), this.#process?.stop(how)]);
  }

  /** Why a turn that ran on it failed, once it is gone. */
  endProblem(): Problem {
    const known = this.#launchProblem ?? this.failure;
    if (known !== null) return known;
    const understood = this.#understood > 0;
    if (this.#exit === null || (!understood && this.#garbage === '' && this.#unknown !== ''))
      return this.nonsenseProblem();
    return ended(this.#agent, this.#exit, understood, this.#garbage);
  }

  /** End of what it wrote to stderr, redacted; empty while it runs. */
  get stderr(): string {
    return this.#exit?.kind === 'exited' ? this.#exit.stderr : '';
  }

  /** It runs, but what it says makes no sense. */
  nonsenseProblem(): Problem {
    return notUnderstood(this.#agent, this.#unknown || this.#garbage);
  }

  /** True when it said something, but nothing that was understood. */
  get speaksNonsense(): boolean {
    return this.#understood === 0 && (this.#unknown !== '' || this.#garbage !== '');
  }

  #hear(line: string, listener: LinkListener): void {
    const useful = this.connection.hear(line);
    if (useful) {
      this.#understood++;
      this.#garbageChars = 0;
    } else {
      const before = this.#garbageChars;
      this.#garbageChars += line.length;
      if (before < maxGarbageChars && this.#garbageChars >= maxGarbageChars) listener.onFlood();
    }
    listener.onLine(useful);
  }
}
