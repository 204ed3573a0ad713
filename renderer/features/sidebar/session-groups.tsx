import { useStore } from 'zustand';
import type { SessionGroup } from '../../store/group-sessions.ts';
import { routeStore } from '../../store/route.ts';
import { SessionFolder } from './session-folder.tsx';

interface SessionGroupsProps {
  groups: readonly SessionGroup[];
  /** What was found is shown, however its folder stands. */
  searched: boolean;
}

export function SessionGroups({ groups, searched }: SessionGroupsProps) {
  const open = useStore(routeStore, (route) => (route.name === 'session' ? route.sessionId : null));
  return groups.map((group) => <SessionFolder key={group.cwd} group={group} open={open} searched={searched} />);
}
