import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { createGlance } from '../../store/glance.ts';
import { markSeen } from '../../store/seen.ts';
import { sheetStore } from '../../store/sheet.ts';
import { sheetQuery, sidePanel } from '../../store/side-panel.ts';
import { useMedia } from '../../ui/use-media.ts';
import { useSession, useTranscript } from './session-context.ts';

/** Notes how far the session was read, while its end is on a screen somebody may look at and nothing lies over it. */
export function useMarkSeen(atEnd: boolean): void {
  const { sessionId } = useSession();
  const seq = useTranscript((view) => (view.phase === 'live' ? view.seq : 0));
  const listOver = useStore(sheetStore, ({ open }) => open);
  const isSheet = useMedia(sheetQuery);
  const panelOver = useStore(sidePanel, ({ sheet, shown, wide, tab }) =>
    isSheet ? sheet : shown && wide && tab === 'changes',
  );
  const glance = useMemo(() => createGlance((read) => markSeen(sessionId, read)), [sessionId]);
  const inSight = atEnd && seq > 0 && !listOver && !panelOver;
  useEffect(() => {
    const look = (): void => glance.look(inSight && document.visibilityState === 'visible' ? seq : null);
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [glance, seq, inSight]);
  useEffect(() => glance.end, [glance]);
}
