import { useMemo } from 'react';
import type { Turn } from '../../store/transcript/view.ts';
import { useSession, useTranscript } from './session-context.ts';

/**
 * The turns of the session, oldest first, those that were gone back over included. Looked at anew when a turn begins or ends or tells what it
 * used, not with every word of an answer, so what still grows in them may be behind.
 */
export function useToldTurns(): readonly Turn[] {
  const { store } = useSession();
  const usage = useTranscript((view) => view.usage);
  const running = useTranscript((view) => view.runningTurn);
  const entries = useTranscript((view) => view.entries);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these say when there is something new
  return useMemo(() => [...store.getState().turns.values()], [store, usage, running, entries]);
}
