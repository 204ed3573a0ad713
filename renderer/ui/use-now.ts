import { useSyncExternalStore } from 'react';

/** How old the time may be that is first shown after nobody looked, milliseconds: the same for all that is drawn at once. */
const freshMs = 100;

/**
 * One clock for everything on screen that shows elapsed or relative time. It goes on with its own beat however many come to look: one that were set
 * by each who comes would draw each of them twice.
 */
export function createTicker(everyMs: number) {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | null = null;
  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      timer ??= setInterval(() => {
        now = Date.now();
        for (const one of listeners) one();
      }, everyMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && timer !== null) {
          clearInterval(timer);
          timer = null;
        }
      };
    },
    read(): number {
      if (timer === null && Date.now() - now > freshMs) now = Date.now();
      return now;
    },
  };
}

const seconds = createTicker(1_000);
const minutes = createTicker(30_000);

/** Milliseconds since 1970, renewed every second, or twice a minute. */
export function useNow(resolution: 'second' | 'minute'): number {
  const ticker = resolution === 'second' ? seconds : minutes;
  return useSyncExternalStore(ticker.subscribe, ticker.read);
}
