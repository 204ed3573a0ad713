import { randomUUID } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { McpServer, ProviderEvent, ProviderStart } from '../../orchestrator/ports.ts';
import type { SlashCommand } from '../../protocol/values.ts';
import type { Fields } from '../shared/fields.ts';
import { claudeArguments, isSessionId } from './arguments.ts';
import { CommandList } from './commands.ts';
import type { ClaudeHost } from './launch.ts';
import { Link, type LinkListener } from './link.ts';
import type { ModeKeeper } from './mode-keeper.ts';
import type { ModelKeeper } from './model-keeper.ts';
import { PlanUsage } from './plan-usage.ts';
import type { ClaudeTimes } from './times.ts';
import { connectToolServers, usableServers } from './tool-servers.ts';

export interface StarterDeps {
  host: ClaudeHost;
  clock: Clock;
  times: ClaudeTimes;
  /** Of the CLI, where it is known. */
  version: () => string | undefined;
  /** What has to be found out before a process is started; null: nothing. Never rejects. */
  before: () => Promise<void> | null;
  /** The answer to `initialize`: models, account, version. */
  onInitialized: (answer: Fields) => void;
  mode: ModeKeeper;
  models: ModelKeeper;
  emit: (event: ProviderEvent) => void;
}

/** Starts the processes of one conversation, one after the other, each where the last one left off, and tells them what they need to know. */
export class Starter {
  readonly #cwd: string;
  readonly #deps: StarterDeps;
  readonly #servers: readonly McpServer[];
  readonly #commands: CommandList;
  readonly #plan: PlanUsage;
  #resume: string | null;
  #fork: boolean;
  #ready: Promise<void> | null = null;

  constructor({ cwd, resume, fork, mcp_servers }: ProviderStart, deps: StarterDeps) {
    const { clock, times, emit } = deps;
    this.#cwd = cwd;
    this.#deps = deps;
    this.#resume = resume;
    this.#fork = fork && resume !== null;
    this.#servers = usableServers(mcp_servers);
    this.#commands = new CommandList(emit);
    this.#plan = new PlanUsage({ clock, everyMs: times.planEveryMs, emit });
  }

  /** False for what is no name of a conversation: nothing like that is put on a command line. */
  get canStart(): boolean {
    return this.#resume === null || isSessionId(this.#resume);
  }

  /** Resolves when the newest process has all it needs before a message; null when it has. */
  get ready(): Promise<void> | null {
    return this.#ready;
  }

  /** The conversation has this name now; the next process goes on with it. */
  goesOnAs(providerSessionId: string): void {
    this.#resume = providerSessionId;
    this.#fork = false;
  }

  commandsAre(commands: SlashCommand[]): void {
    this.#commands.are(commands);
  }

  /** A good moment to ask how much of the plan is used. */
  turnEnded(link: Link): void {
    this.#plan.ask(link);
  }

  open(listener: LinkListener): Link {
    const { host, clock, version, before, mode, models, onInitialized } = this.#deps;
    mode.started();
    const args = claudeArguments({
      mode: mode.mode,
      model: models.model,
      resume: this.#resume,
      fork: this.#fork,
      newSession: randomUUID(),
      toolServers: this.#servers.map((server) => server.name),
    });
    const link = new Link(
      { host, cwd: this.#cwd, args, version, after: before(), plan: this.#plan.limits, now: () => clock.now() },
      listener,
    );
    link.control({ subtype: 'initialize', forwardSubagentText: true }, (ok, answer) => {
      if (!ok) return;
      onInitialized(answer);
      this.#commands.told(answer.commands);
      this.#plan.initialized(answer, link);
    });
    // By itself a process without a window gets the thinking of newer models only in hints.
    link.control({ subtype: 'set_max_thinking_tokens', thinking_display: 'summarized' });
    models.started(link);
    const preparing = this.#prepare(link);
    const ready = preparing?.then(() => {
      if (this.#ready === ready) this.#ready = null;
    });
    this.#ready = ready ?? null;
    return link;
  }

  #prepare(link: Link): Promise<unknown> | null {
    const { clock, times, emit } = this.#deps;
    const patienceMs = times.toolServersMs;
    const connect = () => connectToolServers(link, this.#servers, { clock, patienceMs, emit });
    if (this.#servers.length === 0) return link.started;
    return link.started === null ? connect() : link.started.then((isStarted) => (isStarted ? connect() : undefined));
  }
}
