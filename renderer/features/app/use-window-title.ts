import { useEffect } from 'react';
import { useStore } from 'zustand';
import { splitInvisible } from '../../../main/export/invisible-characters.ts';
import { routeStore } from '../../store/route.ts';
import { t } from '../../strings/index.ts';
import { useSessions } from '../../ui/client-context.ts';

/** The title says what is shown and how many sessions wait, so that a tab, a taskbar or one of several windows shows it too. */
export function useWindowTitle(): void {
  const waiting = useSessions((view) => [...view.byId.values()].filter((one) => one.status === 'waiting').length);
  const open = useStore(routeStore, (route) => (route.name === 'session' ? route.sessionId : null));
  const title = useSessions((view) => (open === null ? '' : view.byId.get(open)?.title)) || null;
  useEffect(() => {
    const named = title === null ? t.app.name : `${seen(title)} – ${t.app.name}`;
    document.title = waiting > 0 ? `(${waiting}) ${named}` : named;
  }, [title, waiting]);
}

/** Without what cannot be seen, which could turn the direction of what the system writes around it. */
const seen = (title: string): string =>
  splitInvisible(title)
    .map((part) => (part.code === null ? part.text : ''))
    .join('');
