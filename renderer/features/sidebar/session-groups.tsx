import { Plus } from 'lucide-react';
import { useStore } from 'zustand';
import type { SessionGroup } from '../../store/group-sessions.ts';
import { newSessionIn } from '../../store/new-session-form.ts';
import { routeStore } from '../../store/route.ts';
import { setSheet } from '../../store/sheet.ts';
import { baseName, shortPath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { useHomeFolder } from '../../ui/home-folder.ts';
import { SessionRow } from './session-row.tsx';

export function SessionGroups({ groups }: { groups: readonly SessionGroup[] }) {
  const home = useHomeFolder();
  const open = useStore(routeStore, (route) => (route.name === 'session' ? route.sessionId : null));
  return groups.map((group) => (
    <section key={group.cwd} className="session-group">
      <header className="session-group-head">
        <h2 title={shortPath(group.cwd, home)}>{baseName(group.cwd)}</h2>
        <IconButton
          label={t.sidebar.newInFolder(baseName(group.cwd))}
          className="icon-button-small reveal"
          onClick={() => {
            newSessionIn(group.cwd);
            setSheet(false);
          }}
        >
          <Plus size={14} aria-hidden />
        </IconButton>
      </header>
      <ul>
        {group.sessions.map((session) => (
          <SessionRow key={session.session_id} session={session} current={session.session_id === open} />
        ))}
      </ul>
    </section>
  ));
}
