import { useMemo } from 'react';
import type { SessionId } from '../../../main/protocol/ids.ts';
import type { Client, Request } from '../../store/client.ts';

/** What can be done to a session as a whole; a refusal is shown. */
export function useSessionActions(client: Client, session_id: SessionId) {
  return useMemo(() => {
    const run = async (request: Request): Promise<void> => {
      const answer = await client.request(request);
      if (!answer.ok) client.report(answer.problem);
    };
    return {
      rename: (title: string) => run({ type: 'rename_session', session_id, title }),
      archive: (archived: boolean) => run({ type: 'archive_session', session_id, archived }),
    };
  }, [client, session_id]);
}
