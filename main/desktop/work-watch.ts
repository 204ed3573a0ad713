import type { SessionSummary } from '../protocol/views.ts';

/** What of a session counts here. */
type Work = Pick<SessionSummary, 'session_id' | 'status' | 'archived'>;

/** What the system is told about the work. */
export interface SystemSigns {
  /** The machine stays awake from `true` to `false`. */
  keepAwake(awake: boolean): void;
  /** Sessions that wait for a person, on the app's icon; 0: none. */
  showWaiting(count: number): void;
}

/**
 * Keeps the machine awake exactly while an agent works, and counts on the app's icon what waits for a person. A turn that waits for an answer
 * keeps nothing awake: nobody would be there to give it. The system is told only what has changed.
 * @param sessions - as they are now.
 * @returns hears each session that changed.
 */
export function watchWork(sessions: Iterable<Work>, signs: SystemSigns): (session: Work) => void {
  const working = new Set<string>();
  const waiting = new Set<string>();
  let awake = false;
  let shown = 0;

  function keep({ session_id, status, archived }: Work): void {
    working.delete(session_id);
    waiting.delete(session_id);
    if (status === 'running') working.add(session_id);
    if (status === 'waiting' && !archived) waiting.add(session_id);
  }
  function tell(): void {
    if (working.size > 0 !== awake) {
      awake = !awake;
      signs.keepAwake(awake);
    }
    if (waiting.size !== shown) {
      shown = waiting.size;
      signs.showWaiting(shown);
    }
  }

  for (const session of sessions) keep(session);
  tell();
  return (session) => {
    keep(session);
    tell();
  };
}
