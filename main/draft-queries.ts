import type { SessionBus } from './bus/session-bus.ts';
import { refuseQuery } from './orchestrator/connection.ts';
import type { Orchestrator } from './orchestrator/orchestrator.ts';
import { type AttachmentFiles, type Principal, type QueryHandlers, StorageError } from './orchestrator/ports.ts';
import { noSession, storageProblem } from './orchestrator/problems.ts';
import { isNarrowed, sessionsWithin } from './orchestrator/restrictions.ts';
import type { Draft } from './protocol/drafts.ts';
import type { SessionId } from './protocol/ids.ts';
import { createDraftStore, type DraftStore } from './storage/draft-store.ts';
import type { Db } from './storage/open-database.ts';

type DraftQueries = Pick<QueryHandlers, 'drafts_list' | 'draft_get' | 'draft_set'>;

/** What people write and have not sent, for every device that may write in the session. */
export function createDraftQueries(parts: {
  db: Db;
  orchestrator: Pick<Orchestrator, 'runtime' | 'summaries'>;
  bus: Pick<SessionBus, 'draftChanged'>;
  attachments: Pick<AttachmentFiles, 'has'>;
  drafts?: DraftStore;
}): DraftQueries {
  const { orchestrator, bus, attachments, drafts = createDraftStore(parts.db) } = parts;

  /** The session named in a frame was looked at before (see frame-reach); a new one belongs to no folder yet. */
  const refusal = (session_id: SessionId | null, principal: Principal) => {
    if (session_id === null) return isNarrowed(principal) ? refuseQuery(noSession) : null;
    return orchestrator.runtime(session_id) ? null : refuseQuery(noSession);
  };

  /** What was not sent for a day is removed from the disk: it is no part of the draft any more. */
  const here = (draft: Draft): Draft => ({
    ...draft,
    attachments: draft.attachments.filter((one) => attachments.has(one)),
  });

  return {
    drafts_list(_query, principal) {
      const reached = sessionsWithin(principal, orchestrator.summaries());
      const list = drafts.list();
      return {
        drafts: list.filter(({ session_id }) =>
          session_id === null ? !isNarrowed(principal) : reached.has(session_id),
        ),
      };
    },
    draft_get: ({ session_id }, principal) => refusal(session_id, principal) ?? here(drafts.get(session_id)),
    draft_set({ session_id, text, attachments: files, written_at, base }, principal) {
      const refused = refusal(session_id, principal);
      if (refused) return refused;
      try {
        const before = drafts.get(session_id).rev;
        const answer = drafts.put({ session_id, text, attachments: files, written_at }, base);
        const draft = here(answer.draft);
        const empty = draft.text === '' && draft.attachments.length === 0;
        if (draft.rev !== before) bus.draftChanged.emit({ session_id, rev: draft.rev, empty });
        return { ...answer, draft };
      } catch (error) {
        if (error instanceof StorageError) return refuseQuery(storageProblem(error));
        throw error;
      }
    },
  };
}
