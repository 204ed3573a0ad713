import { useEffect } from 'react';
import { t } from '../../strings/index.ts';
import { useSessions } from '../../ui/client-context.ts';

/** The title says how many sessions wait, so that a tab or a taskbar shows it too. */
export function useWindowTitle(): void {
  const waiting = useSessions((view) => [...view.byId.values()].filter((one) => one.status === 'waiting').length);
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) ${t.app.name}` : t.app.name;
  }, [waiting]);
}
