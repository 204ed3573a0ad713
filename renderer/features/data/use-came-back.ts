import { useEffect, useRef } from 'react';
import { useConnection } from '../../ui/client-context.ts';

/** Calls back each time the link is open again after it was not: the app may be another one then, over other data. */
export function useCameBack(onBack: () => void): void {
  const status = useConnection((view) => view.link.status);
  const wasAway = useRef(false);
  useEffect(() => {
    if (status !== 'open') wasAway.current = true;
    else if (wasAway.current) {
      wasAway.current = false;
      onBack();
    }
  }, [status, onBack]);
}
