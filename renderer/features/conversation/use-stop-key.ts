import { useEffect } from 'react';
import { useClient } from '../../ui/client-context.ts';
import { useSession, useTranscript } from './session-context.ts';

/** Stops the running turn; null when nothing runs. */
export function useStop(): (() => void) | null {
  const client = useClient();
  const { sessionId } = useSession();
  const running = useTranscript((view) => view.runningTurn !== null);
  if (!running) return null;
  return () => {
    void client.request({ type: 'abort', session_id: sessionId }).then((answer) => {
      // It ended by itself in the same moment: what was wanted has happened.
      if (!answer.ok && answer.problem.code !== 'no_active_turn') client.report(answer.problem);
    });
  };
}

/** Esc stops the running turn, unless something on top of the conversation takes the key first. */
export function useStopKey(): void {
  const stop = useStop();
  useEffect(() => {
    if (!stop) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('dialog[open], .menu, .app[data-sheet="open"]')) return;
      event.preventDefault();
      stop();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [stop]);
}
