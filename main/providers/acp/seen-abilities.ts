import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { Capabilities } from '../../protocol/values.ts';

/** What an agent's events show that it can do. Agents do not announce most of it. */
export class SeenAbilities {
  /** The call that printed last. */
  #printed: string | null = null;

  in(event: ProviderEvent): Partial<Capabilities> | null {
    switch (event.type) {
      case 'reasoning':
        return { reasoning: true };
      case 'plan':
        return { plan: true };
      case 'compaction':
        return { compaction: true };
      case 'item_delta': {
        if (event.kind !== 'tool_output') return null;
        // One piece may be the whole of it, told at its end.
        const live = this.#printed === event.item_id;
        this.#printed = event.item_id;
        return live ? { tool_output: 'live' } : null;
      }
      case 'tool_start':
        return event.parent_tool_call_id === undefined ? null : { sub_agents: true };
      case 'tool_end':
        return event.exit_code === undefined ? null : { exit_codes: true };
      default:
        return null;
    }
  }
}
