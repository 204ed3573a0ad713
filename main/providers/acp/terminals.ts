import { isAbsolute, resolve } from 'node:path';
import { limits } from '../../protocol/limits.ts';
import { cliEnvironment, runIdVariable } from '../process/environment.ts';
import type { StartTerminal, TerminalExit, TerminalProcess } from './terminal-process.ts';
import { amount, type Fields, fields, list, type RpcError, type RpcId, string } from './wire.ts';

/** A command an agent wants run. */
export interface TerminalRequest {
  command: string;
  args: readonly string[];
  /** Absolute. */
  cwd: string;
  env: { readonly [name: string]: string };
  outputBytes: number;
  /** As a person reads it, in the words of a shell; variables that change what it does stand before it. */
  line: string;
  /** Nothing but the command decides what happens: it runs in the session's folder, and no variable is set that matters. */
  plain: boolean;
}

export interface TerminalsDeps {
  /** Where agents are started: our environment, of which a command gets what every tool gets and none of the agent's own secrets. */
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Of the agent's process; a command is marked below it, so that it ends with the agent. */
  runId: string;
  start: StartTerminal;
  answer: (id: RpcId, result: object) => void;
  refuse: (id: RpcId, error: RpcError) => void;
  onText: (terminalId: string, text: string) => void;
  onExit: (terminalId: string, exit: TerminalExit, output: string) => void;
}

const maxOutputBytes = 4 * limits.toolOutputChars;
/** Commands that run at once; an agent that starts more is out of its mind. */
const maxRunning = 50;
/**
 * What ended commands printed is kept while it is not more than this together, so that an agent that has many run, and lives for days, does not fill
 * the memory. Bytes.
 */
const maxKeptBytes = 10 * maxOutputBytes;
const internalError = -32603;
const invalidParams = -32602;

interface Terminal {
  process: TerminalProcess;
  waiting: RpcId[];
  /** The agent does not need it any more. */
  released: boolean;
}

/** The commands we run for one agent (`terminal/*`). Whether one may run is asked elsewhere, before `open`. */
export class Terminals {
  readonly #deps: TerminalsDeps;
  readonly #byId = new Map<string, Terminal>();
  #count = 0;

  constructor(deps: TerminalsDeps) {
    this.#deps = deps;
  }

  get anyRunning(): boolean {
    return [...this.#byId.values()].some(({ process }) => process.exit === null);
  }

  /** What a terminal printed so far. */
  output(terminalId: string): string | undefined {
    return this.#byId.get(terminalId)?.process.output;
  }

  /** `terminal/create`, understood; null when it is none. */
  read(params: Fields): TerminalRequest | null {
    const command = string(params.command);
    if (command === undefined || command.trim() === '') return null;
    const args = list(params.args).flatMap((arg) => string(arg) ?? []);
    const cwd = string(params.cwd) ?? this.#deps.cwd;
    const folder = isAbsolute(cwd) ? resolve(cwd) : resolve(this.#deps.cwd, cwd);
    const env = list(params.env)
      .map(fields)
      .flatMap(({ name, value }) => (string(name) ? [[String(name), String(value ?? '')] as const] : []));
    const telling = env.filter(([name, value]) => !isHarmless(name, value));
    const words = [args.length === 0 ? command : quoted(command), ...args.map(quoted)];
    return {
      command,
      args,
      cwd: folder,
      env: Object.fromEntries(env),
      outputBytes: Math.min(amount(params.outputByteLimit) ?? maxOutputBytes, maxOutputBytes),
      line: [...telling.map(([name, value]) => `${name}=${quoted(value)}`), ...words].join(' '),
      plain: telling.length === 0 && folder === this.#deps.cwd,
    };
  }

  /** Runs it and tells the agent its name. @returns null when there are too many already; the agent is told. */
  open(id: RpcId, { command, args, cwd, env, outputBytes }: TerminalRequest): string | null {
    const running = [...this.#byId.values()].filter(({ process }) => process.exit === null);
    if (running.length >= maxRunning) {
      this.#deps.refuse(id, { code: internalError, message: `${maxRunning} commands run already.` });
      return null;
    }
    const terminalId = `terminal-${++this.#count}`;
    const runId = `${this.#deps.runId}.${this.#count}`;
    const waiting: RpcId[] = [];
    const process = this.#deps.start(
      {
        ...{ command, args, cwd, outputBytes, runId },
        env: {
          ...cliEnvironment(this.#deps.env, { own: [], runId }),
          NO_COLOR: '1',
          TERM: 'dumb',
          ...env,
          ...mark(runId),
        },
      },
      {
        onText: (text) => this.#deps.onText(terminalId, text),
        onExit: (exit) => {
          for (const waiter of waiting.splice(0)) this.#deps.answer(waiter, exit);
          this.#deps.onExit(terminalId, exit, process.output);
          this.#forget();
        },
      },
    );
    this.#byId.set(terminalId, { process, waiting, released: false });
    this.#deps.answer(id, { terminalId });
    return terminalId;
  }

  /** The other methods; false for one that is not ours. */
  handle(id: RpcId, method: string, params: Fields): boolean {
    if (!['terminal/output', 'terminal/wait_for_exit', 'terminal/kill', 'terminal/release'].includes(method))
      return false;
    const known = this.#byId.get(string(params.terminalId) ?? '');
    if (known === undefined) {
      this.#deps.refuse(id, { code: invalidParams, message: 'There is no such terminal.' });
      return true;
    }
    const { process, waiting } = known;
    const { output, truncated, exit } = process;
    switch (method) {
      case 'terminal/output':
        this.#deps.answer(id, { output, truncated, ...(exit === null ? {} : { exitStatus: exit }) });
        break;
      case 'terminal/wait_for_exit':
        if (exit === null) waiting.push(id);
        else this.#deps.answer(id, exit);
        break;
      default:
        // A released one is still shown where it was, so what it printed is kept for a while.
        known.released ||= method === 'terminal/release';
        void process.kill().then(() => this.#deps.answer(id, {}));
    }
    return true;
  }

  /** Lets go of what ended commands printed, beyond what is kept: of released ones first, then of the oldest. Their cards have it by now. */
  #forget(): void {
    const ended = [...this.#byId].filter(([, { process }]) => process.exit !== null);
    const bytes = new Map(ended.map(([id, { process }]) => [id, Buffer.byteLength(process.output)]));
    let kept = [...bytes.values()].reduce((sum, size) => sum + size, 0);
    const inTurn = [true, false].flatMap((released) => ended.filter(([, one]) => one.released === released));
    for (const [id] of inTurn) {
      if (kept <= maxKeptBytes) return;
      kept -= bytes.get(id) ?? 0;
      this.#byId.delete(id);
    }
  }

  /** Ends what runs. */
  async killAll(): Promise<void> {
    await Promise.all([...this.#byId.values()].map(({ process }) => process.kill()));
  }
}

/** The marker is ours to say, whatever an agent says. */
function mark(runId: string): { [name: string]: string } {
  return { [runIdVariable]: runId };
}

/** Says how output looks, and nothing else. */
function isHarmless(name: string, value: string): boolean {
  if (/^(?:GIT_)?PAGER$/.test(name)) return value === 'cat' || value === '';
  return /^(?:NO_COLOR|FORCE_COLOR|CLICOLOR|TERM|COLUMNS|LINES|CI)$/.test(name);
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
