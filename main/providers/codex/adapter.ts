import type { Clock } from '../../base/clock.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Provider, ProviderEvent, ProviderSession, ProviderStart } from '../../orchestrator/ports.ts';
import type { ProviderId } from '../../protocol/ids.ts';
import type { Capabilities, ProviderInfo } from '../../protocol/values.ts';
import { detectCodex } from './detect.ts';
import type { CodexHost } from './launch.ts';
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
  steer: true,
  reasoning: true,
  set_model: true,
  set_mode: true,
  images: false,
  modes: ['ask', 'accept-edits', 'plan', 'full'],
};

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

  constructor(options: CodexProviderOptions) {
    this.#options = options;
    this.#times = { ...usualTimes, ...options.times };
    this.#shared = new SharedServer({
      host: options,
      killGraceMs: this.#times.killGraceMs,
      onModels: (version, answer) => {
        if (this.#models.learn(version, answer)) this.changed.emit();
      },
    });
  }

  async detect(): Promise<ProviderInfo> {
    const found = await detectCodex(this.#options);
    return {
      id: this.id,
      name: this.name,
      built_in: this.built_in,
      capabilities,
      ...found,
      models: this.#models.of(found.version),
    };
  }

  start(options: ProviderStart, emit: (event: ProviderEvent) => void): ProviderSession {
    const { clock, home } = this.#options;
    return new CodexSession(options, emit, { shared: this.#shared, home, clock, times: this.#times });
  }
}
