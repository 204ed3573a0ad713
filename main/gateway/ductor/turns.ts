import type { Problem } from '../../protocol/errors.ts';
import type { DurableEvent } from '../../protocol/events.ts';
import type { ServerFrame } from '../../protocol/frames.ts';
import type { QueueId, SessionId, TurnId } from '../../protocol/ids.ts';
import { type Told, TurnOutput } from './turn-output.ts';

/** How a message of this client ended. */
export type Ending =
  | { kind: 'answered'; text: string; fallback: boolean }
  /** It was stopped, or taken out of the queue. */
  | { kind: 'stopped' }
  | { kind: 'failed'; problem: Problem };

/** A message of this client that has no result yet. */
interface Pending {
  queue_id: QueueId | null;
  turn_id: TurnId | null;
}

export interface TurnsDeps {
  tell(told: Told): void;
  /** Called once for each message that was acknowledged; frames wait until it has resolved, so that a result stands before what comes after it. */
  ended(ending: Ending): Promise<void>;
  /** A turn ended badly and a message of this client waits behind it. */
  goOn(queue_id: QueueId): void;
}

/**
 * The messages this client sent to one session, and what became of them. Version 1 cannot say to which turn an event belongs, so a client is told
 * of the turns of its own messages alone. Between a message and its acknowledgement nothing is decided: what arrives meanwhile waits.
 */
export class ClientTurns {
  readonly session_id: SessionId;
  readonly #deps: TurnsDeps;
  readonly #pending: Pending[] = [];
  readonly #outputs = new Map<TurnId, TurnOutput>();
  readonly #held: ServerFrame[] = [];
  #holds = 0;
  #next: Pending | null = null;

  constructor(session_id: SessionId, deps: TurnsDeps) {
    this.session_id = session_id;
    this.#deps = deps;
  }

  /** Messages without a result. */
  get waiting(): number {
    return this.#pending.length;
  }

  /** Messages of this client that wait in the queue. */
  get queued(): QueueId[] {
    return this.#pending.flatMap(({ queue_id, turn_id }) => (queue_id !== null && turn_id === null ? [queue_id] : []));
  }

  hold(): void {
    this.#holds += 1;
  }

  release(): void {
    this.#holds -= 1;
    while (this.#holds === 0 && this.#held.length > 0) this.#handle(this.#held.shift()!);
  }

  acknowledged(answer: { turn_id?: TurnId; queue_id?: QueueId }): void {
    this.#pending.push({ queue_id: answer.queue_id ?? null, turn_id: answer.turn_id ?? null });
  }

  receive(frame: ServerFrame): void {
    if (this.#holds > 0) this.#held.push(frame);
    else this.#handle(frame);
  }

  #handle(frame: ServerFrame): void {
    if (frame.type === 'events') {
      // Its own frames, so that one that has to wait holds back those after it.
      const [first, ...rest] = frame.events;
      if (first) this.#fact(first);
      if (rest.length === 0) return;
      const following = { ...frame, events: rest };
      if (this.#holds > 0) this.#held.unshift(following);
      else this.#handle(following);
    } else if (frame.type === 'problem') {
      for (const _ of this.#pending.splice(0)) this.#end({ kind: 'failed', problem: frame.problem });
    } else if ('turn_id' in frame && frame.turn_id !== undefined) this.#output(frame.turn_id)?.live(frame);
  }

  /** Null: the turn is somebody else's. */
  #output(turn_id: TurnId | null): TurnOutput | null {
    if (turn_id === null || !this.#pending.some((one) => one.turn_id === turn_id)) return null;
    const output = this.#outputs.get(turn_id) ?? new TurnOutput(this.#deps.tell);
    this.#outputs.set(turn_id, output);
    return output;
  }

  #fact(event: DurableEvent): void {
    if (event.type === 'queue_removed') this.#leftQueue(event);
    else if (event.type === 'user_message' && this.#next) {
      this.#next.turn_id = event.turn_id;
      this.#next = null;
    }
    const output = this.#output(event.turn_id);
    output?.fact(event);
    if (event.type === 'turn_end') this.#turnEnded(event, output);
  }

  #leftQueue(event: DurableEvent & { type: 'queue_removed' }): void {
    const at = this.#pending.findIndex(({ queue_id, turn_id }) => queue_id === event.queue_id && turn_id === null);
    const pending = this.#pending[at];
    if (!pending) return;
    // Sent: the words that follow are this message's.
    if (event.reason === 'sent') this.#next = pending;
    else {
      this.#pending.splice(at, 1);
      this.#end({ kind: 'stopped' });
    }
  }

  #turnEnded(event: DurableEvent & { type: 'turn_end' }, output: TurnOutput | null): void {
    for (let at = this.#pending.length - 1; at >= 0; at -= 1) {
      if (this.#pending[at]!.turn_id !== event.turn_id) continue;
      this.#pending.splice(at, 1);
      this.#end(endingOf(event, output));
    }
    if (event.turn_id) this.#outputs.delete(event.turn_id);
    const [next] = this.queued;
    if (event.status !== 'completed' && next) this.#deps.goOn(next);
  }

  #end(ending: Ending): void {
    this.hold();
    void this.#deps.ended(ending).finally(() => this.release());
  }
}

function endingOf(event: DurableEvent & { type: 'turn_end' }, output: TurnOutput | null): Ending {
  if (event.status === 'aborted') return { kind: 'stopped' };
  if (event.status === 'completed') {
    return { kind: 'answered', text: output?.text ?? '', fallback: output?.fallback ?? false };
  }
  return {
    kind: 'failed',
    problem: event.problem ?? {
      code: 'provider_failed',
      message: 'The turn ended with an error.',
      impact: 'What had arrived by then was sent.',
      next: 'Send the message again.',
    },
  };
}
