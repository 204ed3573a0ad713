import type { Clock } from '../../base/clock.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Provider, ProviderEvent, ProviderSession, ProviderStart } from '../../orchestrator/ports.ts';
import type { ProviderId } from '../../protocol/ids.ts';
import type { Capabilities, ProviderInfo } from '../../protocol/values.ts';
import { detectCodex } from './detect.ts';
import type { CodexHost } from './launch.ts';
import { type Learned, probeCodex } from './learn-account.ts';
import { ModelCatalogue } from './models.ts';
import { CodexSession } from './session.ts';
import { SharedServer } from './shared-server.ts';
import { type CodexTimes, usualTimes } from './times.ts';

export interface CodexProviderOptions extends CodexHost {
  clock: Clock;
  times?: Partial<CodexTimes>;
}

const capabilities: Capabilities = {
  resume: true,
  fork: true,
  steer: true,
  reasoning: true,
  set_model: true,
  set_effort: true,
  set_mode: true,
  images: true,
  // Only images go into the conversation themselves; other files the agent is told by their path.
  files: false,
  slash_commands: true,
  questions: true,
  plan: true,
  sub_agents: true,
  tool_output: 'live',
  exit_codes: true,
  usage: true,
  // Codex counts tokens, not money.
  cost: false,
  context: true,
  plan_limits: true,
  compaction: true,
  mcp_servers: true,
  goals: 'native',
  modes: ['ask', 'accept-edits', 'plan', 'full'],
};

/** A version is asked for its models this often at most, should it not answer. */
const maxProbes = 2;

/** Codex, driven over `codex app-server`: one process for all live conversations, one thread for each. */
export class CodexProvider implements Provider {
  readonly id: ProviderId = 'codex';
  readonly name = 'Codex';
  readonly built_in = false;
  readonly capabilities = capabilities;
  /** Something `detect` would say has changed: a running app-server told which models there are. */
  readonly changed = new Emitter<void>();
  readonly #options: CodexProviderOptions;
  readonly #times: CodexTimes;
  readonly #models = new ModelCatalogue();
  readonly #shared: SharedServer;
  readonly #probes = new Map<string, number>();
  #probing: Promise<void> | null = null;
  /** As an app-server told it; says more than the CLI's own status. */
  #account: string | null = null;

  constructor(options: CodexProviderOptions) {
    this.#options = options;
    this.#times = { ...usualTimes, ...options.times };
    this.#shared = new SharedServer({
      host: options,
      killGraceMs: this.#times.killGraceMs,
      onLearned: (learned) => this.#learn(learned),
    });
  }

  async detect(): Promise<ProviderInfo> {
    const { account, ...found } = await detectCodex(this.#options);
    const models = this.#models.of(found.version);
    if (models.length === 0 && found.version !== undefined && found.state !== 'too_old') this.#probe(found.version);
    // The kind of account can have changed since; then what was learned is of another one.
    const learned = account !== undefined && this.#account?.startsWith(account) ? this.#account : account;
    return {
      id: this.id,
      name: this.name,
      built_in: this.built_in,
      capabilities,
      ...found,
      ...(learned === undefined ? {} : { account: learned }),
      models,
    };
  }

  /** Resolves when nothing is being found out in the background. */
  async settled(): Promise<void> {
    await this.#probing;
  }

  start(options: ProviderStart, emit: (event: ProviderEvent) => void): ProviderSession {
    const { clock, home } = this.#options;
    const usualEffort = (version: string | undefined, model: string | null) =>
      this.#models.defaultEffort(version, model);
    return new CodexSession(options, emit, { shared: this.#shared, home, clock, times: this.#times, usualEffort });
  }

  #probe(version: string): void {
    const before = this.#probes.get(version) ?? 0;
    if (this.#probing !== null || before >= maxProbes) return;
    this.#probes.set(version, before + 1);
    this.#probing = probeCodex(this.#options, (learned) => this.#learn(learned)).finally(() => {
      this.#probing = null;
    });
  }

  #learn(learned: Learned): void {
    if (learned.type === 'account') {
      if (this.#account === learned.label) return;
      this.#account = learned.label;
      this.changed.emit();
    } else if (this.#models.learn(learned.version, learned.answer)) this.changed.emit();
  }
}
