import type { Clock } from '../../base/clock.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Provider, ProviderEvent, ProviderSession, ProviderStart } from '../../orchestrator/ports.ts';
import type { ProviderId } from '../../protocol/ids.ts';
import type { Capabilities, ModelInfo, ProviderInfo } from '../../protocol/values.ts';
import { type AcpAgent, type AcpHost, plainQuirks } from './agent.ts';
import { type AcpCommand, agentCommand, findAgent } from './launch.ts';
import { notFound, notUsable } from './problems.ts';
import { AcpSession } from './session.ts';
import { type AcpTimes, usualTimes } from './times.ts';

export interface AcpProviderOptions extends AcpHost, AcpCommand {
  id: ProviderId;
  /** For people. */
  name: string;
  clock: Clock;
  times?: Partial<AcpTimes>;
}

const capabilities: Capabilities = {
  resume: true,
  steer: false,
  reasoning: true,
  set_model: true,
  set_mode: true,
  images: false,
  modes: ['ask', 'accept-edits', 'plan', 'full'],
};

/** Any command that speaks the Agent Client Protocol: one process for each live conversation. */
export class AcpProvider implements Provider {
  readonly id: ProviderId;
  readonly name: string;
  readonly built_in = false;
  readonly capabilities: Capabilities = capabilities;
  /** Something `detect` would say has changed: a conversation told which models there are. */
  readonly changed = new Emitter<void>();
  readonly #options: AcpProviderOptions;
  #models: readonly ModelInfo[] = [];

  constructor(options: AcpProviderOptions) {
    this.#options = options;
    this.id = options.id;
    this.name = options.name;
  }

  /** Looks for the program; it is not started, so nothing is known of its version or sign-in before the first conversation. */
  async detect(): Promise<ProviderInfo> {
    const { id, name, built_in, capabilities } = this;
    const found = findAgent(this.#options, this.#options);
    const common = { id, name, built_in, capabilities, models: [...this.#models] };
    if (found.found) return { ...common, state: 'ready', path: found.path };
    const [rejected] = found.rejected;
    const agent = this.#agent();
    const { message, next = '' } =
      rejected === undefined ? notFound(agent, '') : notUsable(agent, rejected.path, rejected.errno);
    return { ...common, state: rejected === undefined ? 'not_found' : 'broken', problem: { message, next } };
  }

  start(options: ProviderStart, emit: (event: ProviderEvent) => void): ProviderSession {
    return startAcpSession(this.#agent(), this.#options, options, emit, (models) => {
      if (JSON.stringify(models) === JSON.stringify(this.#models)) return;
      this.#models = models;
      this.changed.emit();
    });
  }

  #agent(): AcpAgent {
    const options = this.#options;
    const { name, command, args } = options;
    const line = [command, ...args].join(' ');
    const agent: AcpAgent = {
      name,
      command: (runId) => agentCommand(agent, options, options, runId),
      quirks: plainQuirks,
      words: {
        install: `Check the command in the settings of ${name} ("${line}"), or install what it names.`,
        signIn: `Sign in with ${name} in a terminal, as its documentation says.`,
        tryIt: `Running "${line}" in a terminal in the same folder shows its own messages.`,
        silence: 'It may be waiting for the model provider; you can wait or stop the turn.',
        noResume: `${name} cannot take up an earlier conversation.`,
      },
    };
    return agent;
  }
}

/** Starts a conversation with an agent. Shared by the adapters that are made of ACP. */
export function startAcpSession(
  agent: AcpAgent,
  host: AcpHost & { clock: Clock; times?: Partial<AcpTimes> },
  options: ProviderStart,
  emit: (event: ProviderEvent) => void,
  onModels: (models: readonly ModelInfo[]) => void,
): ProviderSession {
  const { clock, times } = host;
  return new AcpSession(options, emit, { agent, host, clock, times: { ...usualTimes, ...times }, onModels });
}
