import { useEffect } from 'react';
import { markSeen } from '../../store/seen.ts';
import { useSession, useTranscript } from './session-context.ts';

/** What stands before somebody's eyes for so long counts as seen. Milliseconds. */
const glanceMs = 500;

/** Notes that the session was seen up to its end, while that end is on a screen somebody may look at. */
export function useMarkSeen(atEnd: boolean): void {
  const { sessionId } = useSession();
  const seq = useTranscript((view) => (view.phase === 'live' ? view.seq : 0));
  useEffect(() => {
    if (!atEnd || seq === 0) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') timer = setTimeout(() => markSeen(sessionId, seq), glanceMs);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [sessionId, seq, atEnd]);
}
