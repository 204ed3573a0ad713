import { useSyncExternalStore } from 'react';

/** One clock for everything on screen that shows elapsed or relative time. */
function createTicker(everyMs: number) {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | null = null;
  return {
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      now = Date.now();
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
    read: () => now,
  };
}

const seconds = createTicker(1_000);
const minutes = createTicker(30_000);

/** Milliseconds since 1970, renewed every second, or twice a minute. */
export function useNow(resolution: 'second' | 'minute'): number {
  const ticker = resolution === 'second' ? seconds : minutes;
  return useSyncExternalStore(ticker.subscribe, ticker.read);
}
