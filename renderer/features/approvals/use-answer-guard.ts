import { useEffect, useState } from 'react';
import { isMeant, unseenMs } from './answer-guard.ts';

/** For a card that has just appeared: `ready` once its buttons may be pressed, `accepts` for a key that was pressed. */
export function useAnswerGuard() {
  const [shownAt, setShownAt] = useState<number | null>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const now = performance.now();
    setShownAt(now);
    const timer = setTimeout(() => setReady(true), unseenMs);
    return () => clearTimeout(timer);
  }, []);
  return {
    ready,
    accepts: (event: { readonly repeat: boolean }): boolean =>
      ready && isMeant({ shownAt, now: performance.now(), repeat: event.repeat }),
  };
}
