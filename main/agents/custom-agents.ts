import type { Clock } from '../base/clock.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Log, ProviderKeys } from '../orchestrator/ports.ts';
import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';
import type { CustomAgent } from '../protocol/settings.ts';
import type { AgentCheck } from '../protocol/views.ts';
import { AcpProvider } from '../providers/acp/adapter.ts';
import type { AcpHost } from '../providers/acp/agent.ts';
import type { AgentFacts } from '../providers/acp/agent-facts.ts';
import { Known } from '../providers/acp/agent-knowledge.ts';
import { commandAgent } from '../providers/acp/command-agent.ts';
import type { Settings } from '../providers/acp/settings.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import type { AgentStore } from '../storage/agent-store.ts';
import { checkAgent } from './agent-check.ts';

export interface CustomAgentsParts {
  store: AgentStore;
  registry: Pick<ProviderRegistry, 'providers' | 'add' | 'remove' | 'restartIdle'>;
  host: AcpHost & { clock: Clock };
  /** Keys of agents; the one of an agent that is taken away is forgotten. */
  keys?: ProviderKeys & { remove(provider: string): boolean };
  log: Log;
}

/** What of an agent decides who answers when it is started. */
const identity = ({ command, args, env }: CustomAgent) => JSON.stringify([command, args, env]);

/** The agents the person added: kept in the store, and providers like any other as long as they are there. */
export class CustomAgents {
  readonly #parts: CustomAgentsParts;
  readonly #agents = new Map<string, { agent: CustomAgent; provider: AcpProvider; off: () => void }>();
  /** What agents told when they were tried, by identity: one that is saved then is known at once. */
  readonly #tried = new Map<string, { facts: AgentFacts; settings: Settings }>();
  readonly #checks = new Set<Promise<unknown>>();

  /** Makes those of the store known to the registry. */
  constructor(parts: CustomAgentsParts) {
    this.#parts = parts;
    for (const { agent, known } of parts.store.list()) {
      if (parts.registry.providers.has(agent.id)) {
        // A later version of the app brought a provider of this name.
        parts.log.warn('an agent the person added has the name of another provider', { id: agent.id });
        continue;
      }
      this.#enter(agent, readKnown(known));
    }
  }

  list(): CustomAgent[] {
    return [...this.#agents.values()].map(({ agent }) => agent);
  }

  /** Adds it, or changes the one with its id. Conversations that run go on with what they have until they are idle. */
  save(agent: CustomAgent): Result<null, Problem> {
    const before = this.#agents.get(agent.id);
    if (before === undefined && this.#parts.registry.providers.has(agent.id)) return err(taken(agent));
    const same = before !== undefined && identity(before.agent) === identity(agent);
    const known = same ? before.provider.known : undefined;
    this.#parts.store.put(agent, known === undefined ? null : JSON.stringify(known));
    if (before !== undefined) {
      before.off();
      this.#parts.registry.restartIdle(agent.id);
    }
    const provider = this.#enter(agent, known);
    const tried = this.#tried.get(identity(agent));
    if (tried !== undefined) provider.told(tried.facts, tried.settings);
    return ok(null);
  }

  /** Takes it away; sessions keep their transcripts. False when there is no such agent. */
  remove(id: string): boolean {
    const found = this.#agents.get(id);
    if (found === undefined) return false;
    this.#parts.store.remove(id);
    this.#agents.delete(id);
    found.off();
    this.#parts.registry.restartIdle(id);
    this.#parts.registry.remove(id);
    this.#parts.keys?.remove(id);
    return true;
  }

  /** Starts it, asks who it is, and ends it. It need not be saved. */
  async test(agent: CustomAgent): Promise<AgentCheck> {
    const check = checkAgent(commandAgent(this.#options(agent)), this.#parts.host);
    this.#checks.add(check);
    try {
      const { check: answer, told } = await check;
      if (told !== null) {
        this.#tried.set(identity(agent), told);
        const saved = this.#agents.get(agent.id);
        if (saved !== undefined && identity(saved.agent) === identity(agent))
          saved.provider.told(told.facts, told.settings);
      }
      return answer;
    } finally {
      this.#checks.delete(check);
    }
  }

  /** Resolves when nothing that was started to be tried runs any more. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#checks]);
  }

  #enter(agent: CustomAgent, known: Known | undefined): AcpProvider {
    const provider = new AcpProvider({ ...this.#options(agent), clock: this.#parts.host.clock, known, custom: true });
    const off = provider.changed.on(() => this.#parts.store.remember(agent.id, JSON.stringify(provider.known)));
    this.#agents.set(agent.id, { agent, provider, off });
    this.#parts.registry.add(provider);
    return provider;
  }

  #options({ id, name, command, args, env, key_variable }: CustomAgent) {
    const { host, keys } = this.#parts;
    return {
      ...host,
      ...{ id, name, command, args, variables: env, keyVariable: key_variable },
      ...(keys === undefined ? {} : { keys }),
    };
  }
}

function readKnown(text: string | null): Known | undefined {
  try {
    return text === null ? undefined : Known.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const taken = ({ id }: CustomAgent): Problem => ({
  code: 'invalid_frame',
  say: say('agents.nameTaken', { id }),
  message: `The name "${id}" belongs to an agent that comes with the app.`,
  impact: 'Nothing was changed.',
  next: 'Choose another name.',
});
