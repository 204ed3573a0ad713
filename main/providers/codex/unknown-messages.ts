import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { limits } from '../../protocol/limits.ts';
import { say } from '../../protocol/saying.ts';

/** Kinds of unknown messages that are shown, one notice for each: a CLI that only talks nonsense must not fill the record. */
const maxKinds = 20;

/** What was not understood: kept once for each kind, for the person who has to find out why. */
export class UnknownMessages {
  readonly #kinds = new Set<string>();

  /** @returns null when this kind was told before. */
  told(kind: string, message: unknown): Extract<ProviderEvent, { type: 'notice' }> | null {
    if (this.#kinds.has(kind) || this.#kinds.size >= maxKinds) return null;
    this.#kinds.add(kind);
    return {
      type: 'notice',
      level: 'info',
      code: 'unknown_message',
      say: say('notice.unknownMessage', { name: 'Codex', kind: kind.slice(0, 200) }),
      text: `Codex said something this version of the app does not know (${kind.slice(0, 200)}). It was left out.`,
      raw: (JSON.stringify(message) ?? '').slice(0, limits.rawLineChars),
    };
  }
}
