import type { Clock } from '../../base/clock.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Provider, ProviderEvent, ProviderSession, ProviderStart } from '../../orchestrator/ports.ts';
import type { ProviderId } from '../../protocol/ids.ts';
import type { Capabilities, ModelInfo, ProviderInfo } from '../../protocol/values.ts';
import { startAcpSession } from '../acp/adapter.ts';
import type { AcpAgent } from '../acp/agent.ts';
import type { AcpTimes } from '../acp/times.ts';
import { detectGemini } from './detect.ts';
import { type GeminiHost, geminiCommand, installCommand } from './launch.ts';
import { geminiQuirks } from './quirks.ts';

export interface GeminiProviderOptions extends GeminiHost {
  clock: Clock;
  times?: Partial<AcpTimes>;
}

const capabilities: Capabilities = {
  // What it stores of a session is destroyed by loading it (quirks.ts): after a restart it begins anew, and says so.
  resume: false,
  steer: false,
  reasoning: true,
  set_model: true,
  set_mode: true,
  images: false,
  modes: ['ask', 'accept-edits', 'plan', 'full'],
};

/** Gemini CLI over the Agent Client Protocol: one process for each live conversation. */
export class GeminiProvider implements Provider {
  readonly id: ProviderId = 'gemini';
  readonly name = 'Gemini CLI';
  readonly built_in = false;
  readonly capabilities = capabilities;
  /** Something `detect` would say has changed: a conversation told which models there are. */
  readonly changed = new Emitter<void>();
  readonly #options: GeminiProviderOptions;
  readonly #agent: AcpAgent;
  #models: readonly ModelInfo[] = [];

  constructor(options: GeminiProviderOptions) {
    this.#options = options;
    const agent: AcpAgent = {
      name: this.name,
      command: (runId) => geminiCommand(agent, options, runId),
      quirks: geminiQuirks,
      words: {
        install: `Install it (${installCommand}), or set QUARTERDECK_GEMINI_PATH to where it is.`,
        signIn: 'Set GEMINI_API_KEY before the app is started, or run "gemini" in a terminal once and sign in there.',
        tryIt: 'Running "gemini" in a terminal in the same folder shows its own messages.',
        silence:
          'It tries again without a word when the provider limits it or cannot be reached; you can wait or stop the turn.',
        noResume: 'Gemini CLI cannot safely take up an earlier conversation.',
      },
    };
    this.#agent = agent;
  }

  async detect(): Promise<ProviderInfo> {
    const { id, name, built_in } = this;
    return { id, name, built_in, capabilities, models: [...this.#models], ...detectGemini(this.#agent, this.#options) };
  }

  start(options: ProviderStart, emit: (event: ProviderEvent) => void): ProviderSession {
    return startAcpSession(this.#agent, this.#options, options, emit, (models) => {
      if (JSON.stringify(models) === JSON.stringify(this.#models)) return;
      this.#models = models;
      this.changed.emit();
    });
  }
}
