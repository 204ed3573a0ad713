import type { Clock } from '../../base/clock.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Provider, ProviderEvent, ProviderSession, ProviderStart } from '../../orchestrator/ports.ts';
import type { ProviderId } from '../../protocol/ids.ts';
import type { Capabilities, ProviderInfo } from '../../protocol/values.ts';
import { claudeFacts, type Detected, detectClaude } from './detect.ts';
import type { ClaudeHost } from './launch.ts';
import { ModelCatalogue } from './models.ts';
import { probeClaude } from './probe.ts';
import { ClaudeSession } from './session.ts';
import { type ClaudeTimes, usualTimes } from './times.ts';

export interface ClaudeProviderOptions extends ClaudeHost {
  clock: Clock;
  times?: Partial<ClaudeTimes>;
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
  files: true,
  slash_commands: true,
  questions: true,
  plan: true,
  sub_agents: true,
  tool_output: 'live',
  exit_codes: true,
  usage: true,
  cost: true,
  context: true,
  plan_limits: true,
  compaction: true,
  mcp_servers: true,
  goals: 'tools',
  modes: ['ask', 'accept-edits', 'plan', 'full'],
};

/** Claude Code, driven over its bidirectional stream-json protocol: one process for each live conversation. */
export class ClaudeProvider implements Provider {
  readonly id: ProviderId = 'claude';
  readonly name = 'Claude Code';
  readonly built_in = false;
  readonly capabilities = capabilities;
  /** Something `detect` would say has changed: a process of the CLI told which models there are. */
  readonly changed = new Emitter<void>();
  readonly #options: ClaudeProviderOptions;
  readonly #models = new ModelCatalogue();
  /** Versions that were asked for their models, whether or not they answered. */
  readonly #probed = new Set<string>();
  #version: string | undefined;
  #isReady = false;
  #looking: Promise<void> | null = null;

  constructor(options: ClaudeProviderOptions) {
    this.#options = options;
  }

  async detect(): Promise<ProviderInfo> {
    const found = await detectClaude(this.#options);
    this.#version = found.version;
    this.#askForModels(found);
    return {
      id: this.id,
      name: this.name,
      built_in: this.built_in,
      capabilities,
      ...claudeFacts,
      ...found,
      models: this.#models.of(found.version),
    };
  }

  /** So that there is a choice before the first conversation. In the background, once for each version; `changed` follows. */
  #askForModels({ version, state }: Detected): void {
    if (version === undefined || (state !== 'ready' && state !== 'not_signed_in')) return;
    if (this.#models.knows(version) || this.#probed.has(version)) return;
    this.#probed.add(version);
    void probeClaude(this.#options, version, this.#options.clock).then((probed) => {
      if (probed !== null && this.#models.learn(probed.initialized, { version, settings: probed.settings }))
        this.changed.emit();
    });
  }

  /**
   * What has to be found out before the CLI is started: where programs are, and the version of one that is to get a stored key. Nobody may have
   * looked for the CLI yet.
   * @returns null when all is known.
   */
  #before(): Promise<void> | null {
    const { ready } = this.#options;
    if ((ready === undefined || this.#isReady) && !this.#keyWaits()) return null;
    this.#looking ??= this.#find().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  #keyWaits(): boolean {
    return this.#version === undefined && (this.#options.keys?.get('claude') ?? null) !== null;
  }

  async #find(): Promise<void> {
    await this.#options.ready?.();
    this.#isReady = true;
    // Where that fails, the version stays unknown.
    if (this.#keyWaits()) await this.detect().catch(() => undefined);
  }

  start(options: ProviderStart, emit: (event: ProviderEvent) => void): ProviderSession {
    const { clock, times } = this.#options;
    return new ClaudeSession(options, emit, {
      host: this.#options,
      clock,
      times: { ...usualTimes, ...times },
      version: () => this.#version,
      before: () => this.#before(),
      onInitialized: (answer) => {
        if (this.#models.learn(answer, { version: this.#version })) this.changed.emit();
      },
    });
  }
}
