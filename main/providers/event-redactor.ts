import type { ProviderEvent } from '../orchestrator/ports.ts';
import type { OpenItemKind } from '../protocol/events.ts';

/** Takes known secrets out; see `security/known-secrets.ts`. */
export interface Redaction {
  /** Longest first. */
  values(): readonly string[];
  redact(text: string): string;
  redactValue<T>(value: T): T;
}

/**
 * Characters of a secret that may be told before it is known to be one. Almost any text ends in the first letter of some secret: it must not wait
 * for what follows, which may take minutes.
 */
const harmless = 4;

/** The end of an open item that is the beginning of a secret so far: what was told of it, and what waits for what follows. */
interface Tail {
  kind: OpenItemKind;
  told: string;
  held: string;
}

/**
 * Takes known secrets out of what one conversation with a CLI tells. Streamed text is held back while its end looks like the beginning of a
 * secret, so that one that comes in pieces is found too; nothing is held back longer than until the item or the turn ends.
 */
export class EventRedactor {
  readonly #redaction: Redaction;
  readonly #tails = new Map<string, Tail>();

  constructor(redaction: Redaction) {
    this.#redaction = redaction;
  }

  /** @returns what may be told, in order. */
  hear(event: ProviderEvent): ProviderEvent[] {
    switch (event.type) {
      case 'item_delta':
      case 'item_replace':
        return this.#streamed(event);
      case 'text':
      case 'reasoning':
        // The finished item has its whole text.
        this.#tails.delete(event.item_id);
        break;
      case 'tool_start':
        this.#tails.delete(event.tool_call_id);
        break;
      case 'tool_end':
        if (event.output !== undefined) this.#tails.delete(event.tool_call_id);
        else return [...this.#release(event.tool_call_id), this.#redaction.redactValue(event)];
        break;
      case 'turn_end':
      case 'closed':
        return [...this.#releaseAll(), this.#redaction.redactValue(event)];
    }
    return [this.#redaction.redactValue(event)];
  }

  #streamed(event: Extract<ProviderEvent, { type: 'item_delta' | 'item_replace' }>): ProviderEvent[] {
    const values = this.#redaction.values();
    if (values.length === 0) return [event];
    const { item_id, kind } = event;
    const before = event.type === 'item_delta' ? this.#tails.get(item_id) : undefined;
    const told = before?.told ?? '';
    const waiting = (before?.held ?? '') + event.text;
    const clean = this.#without(told, waiting, values);
    const said = told + clean;
    const start = said.length - beginning(said, values);
    const hold = Math.max(0, said.length - Math.max(start + harmless, told.length));
    const out = hold > 0 ? clean.slice(0, -hold) : clean;
    if (start < said.length) {
      this.#tails.set(item_id, {
        kind,
        told: said.slice(start, said.length - hold),
        held: hold > 0 ? said.slice(-hold) : '',
      });
    } else this.#tails.delete(item_id);
    // An empty delta would say nothing; an empty replacement says that all is void.
    return out === '' && event.type === 'item_delta' && event.text !== '' ? [] : [{ ...event, text: out }];
  }

  /** @param told - the beginning of a secret, perhaps, that is out already: what follows of it is taken out all the same. */
  #without(told: string, text: string, values: readonly string[]): string {
    const whole = told + text;
    for (let at = 0; at < told.length; at += 1) {
      const found = values.find((value) => whole.startsWith(value, at));
      if (found === undefined) continue;
      const rest = text.slice(at + found.length - told.length);
      return this.#redaction.redact(found) + this.#redaction.redact(rest);
    }
    return this.#redaction.redact(text);
  }

  #release(item_id: string): ProviderEvent[] {
    const tail = this.#tails.get(item_id);
    this.#tails.delete(item_id);
    return tail === undefined || tail.held === ''
      ? []
      : [{ type: 'item_delta', item_id, kind: tail.kind, text: tail.held }];
  }

  #releaseAll(): ProviderEvent[] {
    return [...this.#tails.keys()].flatMap((item_id) => this.#release(item_id));
  }
}

/** How many characters at the end of a text are the beginning of one of the values. */
function beginning(text: string, values: readonly string[]): number {
  let longest = 0;
  for (const value of values) {
    const most = Math.min(value.length - 1, text.length);
    // Nearly no value begins anywhere in so short an end; the others cost one look.
    if (!text.slice(text.length - most).includes(value[0] as string)) continue;
    for (let length = most; length > longest; length -= 1) {
      if (text.endsWith(value.slice(0, length))) {
        longest = length;
        break;
      }
    }
  }
  return longest;
}
