import type { Clock } from '../base/clock.ts';
import type { OpenConnection } from './open-connection.ts';

/** A peer that was silent for one whole period after a ping is gone. */
export const pingEveryMs = 30_000;

/**
 * Finds peers that vanished without a word (sleep, a pulled cable). Rests while nobody is connected, so an idle gateway has no timer.
 */
export function createHeartbeat(clock: Clock, connections: ReadonlySet<OpenConnection>) {
  let cancel: (() => void) | null = null;

  const beat = () => {
    cancel = null;
    for (const connection of connections) {
      if (connection.heard) connection.ping();
      else connection.terminate();
    }
    start();
  };
  const start = () => {
    if (cancel === null && connections.size > 0) cancel = clock.after(pingEveryMs, beat);
  };
  return {
    /** Somebody is there: beats from now on until nobody is. */
    start,
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
