import { useEffect } from 'react';
import { stopTurn } from '../../store/stop-turn.ts';
import { useClient } from '../../ui/client-context.ts';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { useSession, useTranscript } from './session-context.ts';

/** Stops the running turn; null when nothing runs, or this client may not. */
export function useStop(): (() => void) | null {
  const client = useClient();
  const { sessionId } = useSession();
  const turnId = useTranscript((view) => view.runningTurn);
  const whyNot = useWhyNot('chat');
  return turnId === null || whyNot !== null ? null : () => void stopTurn(client, sessionId, turnId);
}

/** Esc stops the running turn, unless something on top of the conversation takes the key first. */
export function useStopKey(): void {
  const stop = useStop();
  useEffect(() => {
    if (!stop) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.repeat || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('dialog[open], .menu, .popover, .app[data-sheet="open"]')) return;
      event.preventDefault();
      stop();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [stop]);
}
