import type { Clock } from '../../base/clock.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Provider, ProviderEvent, ProviderSession, ProviderStart } from '../../orchestrator/ports.ts';
import type { ProviderId } from '../../protocol/ids.ts';
import type { Capabilities, ProviderInfo } from '../../protocol/values.ts';
import { detectClaude } from './detect.ts';
import type { ClaudeHost } from './launch.ts';
import { ModelCatalogue } from './models.ts';
import { ClaudeSession } from './session.ts';
import { type ClaudeTimes, usualTimes } from './times.ts';

export interface ClaudeProviderOptions extends ClaudeHost {
  clock: Clock;
  times?: Partial<ClaudeTimes>;
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

/** Claude Code, driven over its bidirectional stream-json protocol: one process for each live conversation. */
export class ClaudeProvider implements Provider {
  readonly id: ProviderId = 'claude';
  readonly name = 'Claude Code';
  readonly built_in = false;
  readonly capabilities = capabilities;
  /** Something `detect` would say has changed: a conversation told which models there are. */
  readonly changed = new Emitter<void>();
  readonly #options: ClaudeProviderOptions;
  readonly #models = new ModelCatalogue();

  constructor(options: ClaudeProviderOptions) {
    this.#options = options;
  }

  async detect(): Promise<ProviderInfo> {
    const found = await detectClaude(this.#options);
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
    const { clock, times } = this.#options;
    return new ClaudeSession(options, emit, {
      host: this.#options,
      clock,
      times: { ...usualTimes, ...times },
      onInitialized: (answer) => {
        if (this.#models.learn(answer)) this.changed.emit();
      },
    });
  }
}
