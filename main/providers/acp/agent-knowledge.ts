import { z } from 'zod';
import { Emitter } from '../../base/emitter.ts';
import { Capabilities, ModelInfo } from '../../protocol/values.ts';
import { type AgentFacts, toldCapabilities } from './agent-facts.ts';
import { modelsOf, type Settings } from './settings.ts';

/** What was learned of an agent; kept over a restart of the app, so that it can be chosen from before it runs again. */
export const Known = z.object({
  capabilities: Capabilities.partial(),
  models: z.array(ModelInfo).max(1000),
  version: z.string().max(200).optional(),
});
export type Known = z.infer<typeof Known>;

/**
 * What is known of an agent's abilities. An agent says some of them in its handshake; others show only when it uses them, and then stay true: a
 * conversation in which it made no plan does not mean that it cannot.
 */
export class AgentKnowledge {
  readonly changed = new Emitter<void>();
  readonly #base: Capabilities;
  readonly #resumes: boolean;
  readonly #efforts = new Map<string, readonly string[]>();
  #known: Known;

  /** @param resumes - false where the agent must not be asked to take up a conversation, whatever it says. */
  constructor(base: Capabilities, resumes: boolean, known: Known = { capabilities: {}, models: [] }) {
    this.#base = base;
    this.#resumes = resumes;
    this.#known = known;
    for (const { id, efforts } of known.models) if (efforts !== undefined) this.#efforts.set(id, efforts);
  }

  get capabilities(): Capabilities {
    return { ...this.#base, ...this.#known.capabilities };
  }

  get known(): Known {
    return this.#known;
  }

  /** A session was opened, or its settings changed. */
  told(facts: AgentFacts, settings: Settings): void {
    const told = toldCapabilities(facts, settings, this.#resumes);
    // The model that is in use may have no effort to choose where others have.
    if (!told.set_effort && [...this.#efforts.values()].some((efforts) => efforts.length > 0)) told.set_effort = true;
    const models = modelsOf(settings, this.#efforts);
    const { version } = facts;
    this.#learn({ ...told }, models, version);
  }

  /** It was seen to do something. */
  seen(found: Partial<Capabilities>): void {
    // Output that comes while a command runs is not taken back by a command that is silent.
    const news = Object.entries(found).filter(
      ([name, value]) => value !== this.capabilities[name as keyof Capabilities],
    );
    if (news.length > 0) this.#learn(Object.fromEntries(news), this.#known.models, this.#known.version);
  }

  #learn(found: Partial<Capabilities>, models: readonly ModelInfo[], version: string | undefined): void {
    const next: Known = {
      capabilities: { ...this.#known.capabilities, ...found },
      models: [...models],
      ...(version === undefined ? {} : { version: version.slice(0, 200) }),
    };
    if (JSON.stringify(next) === JSON.stringify(this.#known)) return;
    this.#known = next;
    this.changed.emit();
  }
}
