import type { Clock } from '../../base/clock.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Provider, ProviderEvent, ProviderSession, ProviderStart } from '../../orchestrator/ports.ts';
import type { ProviderId } from '../../protocol/ids.ts';
import { say, sayWith } from '../../protocol/saying.ts';
import type { Capabilities, ProviderInfo } from '../../protocol/values.ts';
import type { AcpAgent, AcpHost } from './agent.ts';
import { type AgentFacts, everyAgent } from './agent-facts.ts';
import { AgentKnowledge, type Known } from './agent-knowledge.ts';
import { type CommandAgentOptions, commandAgent } from './command-agent.ts';
import { findAgent } from './launch.ts';
import { notFound, notUsable } from './problems.ts';
import { AcpSession } from './session.ts';
import type { Settings } from './settings.ts';
import { type AcpTimes, usualTimes } from './times.ts';

export interface AcpProviderOptions extends CommandAgentOptions {
  clock: Clock;
  times?: Partial<AcpTimes>;
  /** What an earlier life of the app learned about it. */
  known?: Known | undefined;
  /** It is an agent the person added. */
  custom?: boolean;
}

/** Any command that speaks the Agent Client Protocol: one process for each live conversation. */
export class AcpProvider implements Provider {
  readonly id: ProviderId;
  readonly name: string;
  readonly built_in = false;
  /** Something `detect` would say has changed: the first handshake told what it can do, a conversation which models there are. */
  readonly changed = new Emitter<void>();
  readonly #options: AcpProviderOptions;
  readonly #knowledge: AgentKnowledge;

  constructor(options: AcpProviderOptions) {
    this.#options = options;
    this.id = options.id;
    this.name = options.name;
    this.#knowledge = new AgentKnowledge(everyAgent, true, options.known);
    this.#knowledge.changed.on(() => this.changed.emit());
  }

  /** What is known of it: before its first conversation only what is true of every agent. */
  get capabilities(): Capabilities {
    return this.#knowledge.capabilities;
  }

  /** What it learned of the agent, to be kept. */
  get known(): Known {
    return this.#knowledge.known;
  }

  /** The agent was started elsewhere, and said this. */
  told(facts: AgentFacts, settings: Settings): void {
    this.#knowledge.told(facts, settings);
  }

  /** Looks for the program; it is not started, so its sign-in is not known before a conversation. */
  async detect(): Promise<ProviderInfo> {
    const { id, name, built_in, capabilities } = this;
    const { keyVariable, keys, custom } = this.#options;
    const { models, version } = this.#knowledge.known;
    const found = findAgent(this.#options, this.#options);
    const common: Omit<ProviderInfo, 'state'> = {
      ...{ id, name, built_in, capabilities, models: [...models] },
      ...(version === undefined ? {} : { version }),
      ...(custom === true ? { custom } : {}),
      ...(keyVariable === undefined ? {} : { key_variable: keyVariable, key_stored: keys?.get(id) != null }),
    };
    if (found.found) return { ...common, state: 'ready', path: found.path };
    const [rejected] = found.rejected;
    const agent = commandAgent(this.#options);
    const {
      say: said,
      message,
      next = '',
    } = rejected === undefined ? notFound(agent, '') : notUsable(agent, rejected.path, rejected.errno);
    return {
      ...common,
      state: rejected === undefined ? 'not_found' : 'broken',
      problem: {
        say:
          said &&
          sayWith(
            said,
            say('next.agentCommand', {
              name,
              ...agent.words.say,
              path: rejected?.path ?? '',
              errno: rejected?.errno ?? '',
            }),
          ),
        message,
        next,
      },
    };
  }

  start(options: ProviderStart, emit: (event: ProviderEvent) => void): ProviderSession {
    return startAcpSession(commandAgent(this.#options), this.#options, options, emit, this.#knowledge);
  }
}

/** Starts a conversation with an agent. Shared by the adapters that are made of ACP. */
export function startAcpSession(
  agent: AcpAgent,
  host: AcpHost & { clock: Clock; times?: Partial<AcpTimes> },
  options: ProviderStart,
  emit: (event: ProviderEvent) => void,
  knowledge: AgentKnowledge,
): ProviderSession {
  const { clock, times } = host;
  return new AcpSession(options, emit, {
    ...{ agent, host, clock, times: { ...usualTimes, ...times } },
    onTold: (facts, settings) => knowledge.told(facts, settings),
    onSeen: (found) => knowledge.seen(found),
  });
}
