import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { Capabilities, SlashCommand } from '../../protocol/values.ts';
import type { AgentFacts } from './agent-facts.ts';

/** What is told of a session beside its turns, each piece only when it is new: agents tell the same again and again. */
export class SessionNews {
  readonly #emit: (event: ProviderEvent) => void;
  readonly #onSeen: (found: Partial<Capabilities>) => void;
  #session = '';
  #commands = '';

  constructor(emit: (event: ProviderEvent) => void, onSeen: (found: Partial<Capabilities>) => void) {
    this.#emit = emit;
    this.#onSeen = onSeen;
  }

  /** A session was opened, or something of it changed. */
  session(sessionId: string, facts: AgentFacts | null, model: string | undefined): void {
    const event: ProviderEvent = {
      type: 'session',
      provider_session_id: sessionId,
      ...(facts?.version === undefined ? {} : { version: facts.version }),
      ...(model === undefined ? {} : { model }),
    };
    const told = JSON.stringify(event);
    if (told === this.#session) return;
    this.#session = told;
    this.#emit(event);
  }

  commands(commands: SlashCommand[]): void {
    const told = JSON.stringify(commands);
    if (told === this.#commands) return;
    this.#commands = told;
    this.#emit({ type: 'commands', commands });
    this.#onSeen({ slash_commands: commands.length > 0 });
  }
}
