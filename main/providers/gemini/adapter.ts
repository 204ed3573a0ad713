import type { Clock } from '../../base/clock.ts';
import { Emitter } from '../../base/emitter.ts';
import type {
  Provider,
  ProviderEvent,
  ProviderKeys,
  ProviderSession,
  ProviderStart,
} from '../../orchestrator/ports.ts';
import type { ProviderId } from '../../protocol/ids.ts';
import { type Capabilities, noCapabilities, type ProviderInfo } from '../../protocol/values.ts';
import { startAcpSession } from '../acp/adapter.ts';
import type { AcpAgent } from '../acp/agent.ts';
import { AgentKnowledge } from '../acp/agent-knowledge.ts';
import type { AcpTimes } from '../acp/times.ts';
import { detectGemini } from './detect.ts';
import { type GeminiHost, geminiCommand, installCommand, keyVariable } from './launch.ts';
import { usualModels } from './models.ts';
import { geminiQuirks } from './quirks.ts';

export interface GeminiProviderOptions extends GeminiHost {
  clock: Clock;
  /** A key that stands here wins over the one in the environment. */
  keys?: ProviderKeys;
  times?: Partial<AcpTimes>;
}

const entry = {
  npm_package: '@google/gemini-cli',
  sign_in_command: 'gemini',
  key_variable: keyVariable,
};

/** As seen with the version it was tried with. */
const capabilities: Capabilities = {
  ...noCapabilities,
  // What it stores of a session is destroyed by loading it (quirks.ts): it is told what was said before instead.
  resume: false,
  reasoning: true,
  set_model: true,
  set_mode: true,
  images: true,
  files: true,
  slash_commands: true,
  usage: true,
  mcp_servers: true,
  goals: 'tools',
  modes: ['ask', 'accept-edits', 'plan', 'full'],
};

/** Gemini CLI over the Agent Client Protocol: one process for each live conversation. */
export class GeminiProvider implements Provider {
  readonly id: ProviderId = 'gemini';
  readonly name = 'Gemini CLI';
  readonly built_in = false;
  /** Something `detect` would say has changed: a conversation told which models there are. */
  readonly changed = new Emitter<void>();
  readonly #options: GeminiProviderOptions;
  readonly #agent: AcpAgent;
  readonly #knowledge = new AgentKnowledge(capabilities, false, { capabilities: {}, models: [...usualModels] });

  constructor(options: GeminiProviderOptions) {
    this.#options = options;
    const agent: AcpAgent = {
      name: this.name,
      command: (runId) =>
        geminiCommand(agent, { ...options, env: this.#env(), keyStored: this.#key() !== null }, runId),
      quirks: geminiQuirks,
      words: {
        install: `Install it (${installCommand}), or set QUARTERDECK_GEMINI_PATH to where it is.`,
        signIn:
          'Store an API key for it (or set GEMINI_API_KEY before the app is started), or run "gemini" in a terminal once and sign in there.',
        tryIt: 'Running "gemini" in a terminal in the same folder shows its own messages.',
        silence:
          'It tries again without a word when the provider limits it or cannot be reached; you can wait or stop the turn.',
        noResume: 'Gemini CLI cannot safely take up an earlier conversation.',
        say: { agent: 'gemini', line: installCommand, key: 'GEMINI_API_KEY' },
      },
    };
    this.#agent = agent;
    this.#knowledge.changed.on(() => this.changed.emit());
  }

  get capabilities(): Capabilities {
    return this.#knowledge.capabilities;
  }

  async detect(): Promise<ProviderInfo> {
    const { id, name, built_in, capabilities } = this;
    const models = [...this.#knowledge.known.models];
    const found = detectGemini(this.#agent, { ...this.#options, env: this.#env() });
    const key_stored = this.#key() !== null;
    return { id, name, built_in, capabilities, models, ...entry, key_stored, ...found };
  }

  start(options: ProviderStart, emit: (event: ProviderEvent) => void): ProviderSession {
    return startAcpSession(this.#agent, this.#options, options, emit, this.#knowledge);
  }

  /** Our environment, with the key the person stored in it: for looking, and for one child. */
  #env(): NodeJS.ProcessEnv {
    const { env } = this.#options;
    const key = this.#key();
    return key === null ? env : { ...env, [keyVariable]: key };
  }

  #key(): string | null {
    return this.#options.keys?.get(this.id) ?? null;
  }
}
