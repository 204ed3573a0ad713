import { useMemo } from 'react';
import type { SessionId } from '../../../main/protocol/ids.ts';
import type { Client, Request } from '../../store/client.ts';
import { isUnread, markSeen, markUnread, seenStore } from '../../store/seen.ts';
import { offerUndo } from '../../store/undo.ts';
import { t } from '../../strings/index.ts';

/** What can be done to a session as a whole; a refusal is shown. What takes a row out of sight can be taken back. */
export function useSessionActions(client: Client, session_id: SessionId) {
  return useMemo(() => {
    const known = () => client.sessions.getState().byId.get(session_id);
    /** What a person does to it here is one event more, and no news to them. */
    const run = async (request: Request): Promise<boolean> => {
      const before = known();
      const read = before !== undefined && !isUnread(seenStore.getState(), before);
      const answer = await client.request(request);
      if (!answer.ok) client.report(answer.problem);
      else if (read) markSeen(session_id, before.seq + 1);
      return answer.ok;
    };
    const called = (): string => known()?.title || t.sidebar.untitled;
    const setUnread = (unread: boolean): void =>
      unread ? markUnread(session_id) : markSeen(session_id, known()?.seq ?? 0);
    return {
      rename: (title: string) => run({ type: 'rename_session', session_id, title }),
      archive: async (archived: boolean): Promise<void> => {
        if (!(await run({ type: 'archive_session', session_id, archived }))) return;
        offerUndo({
          text: archived ? t.sidebar.archivedOne(called()) : t.sidebar.broughtBack(called()),
          undo: () => void run({ type: 'archive_session', session_id, archived: !archived }),
        });
      },
      setUnread: (unread: boolean): void => {
        setUnread(unread);
        offerUndo({
          text: unread ? t.sidebar.markedUnread(called()) : t.sidebar.markedRead(called()),
          undo: () => setUnread(!unread),
        });
      },
    };
  }, [client, session_id]);
}
