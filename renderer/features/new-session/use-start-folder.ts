import { useState } from 'react';
import { recentFolders } from '../../store/group-sessions.ts';
import { useConnection, useSessions } from '../../ui/client-context.ts';

/** The folder of a form: the one it was opened for, else the one used last, else the home folder, until the person types. */
export function useStartFolder(wanted: string | null): [string, (folder: string) => void] {
  const [typed, setTyped] = useState<string | null>(wanted);
  const recent = useSessions((view) => recentFolders(view.byId.values(), 1)[0]);
  const home = useConnection((view) => view.welcome?.home_dir);
  return [typed ?? recent ?? home ?? '', setTyped];
}
