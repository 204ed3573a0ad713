import { PanelLeft } from 'lucide-react';
import { useStore } from 'zustand';
import { routeStore } from '../../store/route.ts';
import { setSheet } from '../../store/sheet.ts';
import { showSidebar, sidebarShown } from '../../store/sidebar-shown.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { IconButton } from '../../ui/button.tsx';
import { useSessions } from '../../ui/client-context.ts';

/** Brings out the session list: on a phone, and where it was hidden. What waits there, and is not what is looked at, is counted on it. */
export function OpenSidebar() {
  const hidden = useStore(sidebarShown, ({ shown }) => !shown);
  const waiting = useWaitingElsewhere();
  return (
    <span className={`open-sidebar ${hidden ? '' : 'phone-only'}`}>
      <IconButton
        label={waiting > 0 ? `${t.sidebar.open}: ${t.sidebar.waiting(waiting)}` : t.sidebar.open}
        data-testid={testIds.openSidebar}
        onClick={() => {
          setSheet(true);
          showSidebar(true);
        }}
      >
        <PanelLeft size={19} aria-hidden />
      </IconButton>
      {waiting > 0 && (
        <span className="open-sidebar-count" aria-hidden="true" data-testid={testIds.waitingElsewhere}>
          {waiting}
        </span>
      )}
    </span>
  );
}

/** How many sessions wait for a person, but for the one that is open. */
function useWaitingElsewhere(): number {
  const open = useStore(routeStore, (route) => (route.name === 'session' ? route.sessionId : null));
  return useSessions(({ byId }) => {
    let count = 0;
    for (const one of byId.values())
      if (one.status === 'waiting' && !one.archived && one.session_id !== open) count += 1;
    return count;
  });
}
