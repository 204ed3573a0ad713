import type { DurableEvent } from '../protocol/events.ts';

/** What the app answered to the message: its turn, or its place in the queue of the turn that runs. */
export type Acknowledged = { turn_id: string } | { queue_id: string };

export type Progress =
  | { state: 'running'; turn_id: string }
  /** Waits behind another turn. */
  | { state: 'waiting' }
  /** The turn before did not end well, so the queue stands still until somebody says go on. */
  | { state: 'stuck'; queue_id: string }
  /** Somebody took the message out of the queue. */
  | { state: 'cancelled' }
  | { state: 'ended'; turn_id: string; end: Extract<DurableEvent, { type: 'turn_end' }> };

/** Follows one message through the log of its session, from the events since it was sent. Keeps only what it needs. */
export class MessageTracker {
  readonly #events: DurableEvent[] = [];

  add(event: DurableEvent): void {
    if (event.type === 'queue_removed' || event.type === 'user_message' || event.type === 'turn_end')
      this.#events.push(event);
  }

  progress(acknowledged: Acknowledged): Progress {
    let turn_id: string | null = null;
    if ('turn_id' in acknowledged) {
      turn_id = acknowledged.turn_id;
    } else {
      const { queue_id } = acknowledged;
      const at = this.#events.findIndex((event) => event.type === 'queue_removed' && event.queue_id === queue_id);
      const removed = this.#events[at];
      if (removed?.type !== 'queue_removed') {
        const last = this.#events.findLast((event) => event.type === 'turn_end' || event.type === 'user_message');
        return last?.type === 'turn_end' && last.status !== 'completed'
          ? { state: 'stuck', queue_id }
          : { state: 'waiting' };
      }
      if (removed.reason === 'cancelled') return { state: 'cancelled' };
      // Sent: the words that follow are ours, in a turn of their own or steered into the one that ran.
      turn_id = this.#events.slice(at).find((event) => event.type === 'user_message')?.turn_id ?? null;
    }
    if (turn_id === null) return { state: 'waiting' };
    const end = this.#events.find((event) => event.type === 'turn_end' && event.turn_id === turn_id);
    return end?.type === 'turn_end' ? { state: 'ended', turn_id, end } : { state: 'running', turn_id };
  }
}
