import { refuseQuery } from './orchestrator/connection.ts';
import type { Orchestrator } from './orchestrator/orchestrator.ts';
import type { EventStore, QueryHandlers } from './orchestrator/ports.ts';
import { noSession } from './orchestrator/problems.ts';
import type { ExportPage } from './protocol/export.ts';
import type { SessionId } from './protocol/ids.ts';
import { limits } from './protocol/limits.ts';
import type { ExportStore } from './storage/export-store.ts';

/** Answers with the log of a session and its hashes. @param redact - takes known secrets out; the same text comes back when none is in it. */
export function createExportQueries(parts: {
  orchestrator: Pick<Orchestrator, 'runtime'>;
  store: Pick<EventStore, 'head'>;
  hashed: ExportStore;
  redact: (text: string) => string;
}): {
  /** Null: there is no such session. */
  page(session_id: SessionId, after_seq: number): ExportPage | null;
  queries: Pick<QueryHandlers, 'export_page'>;
} {
  const { orchestrator, store, hashed, redact } = parts;
  const page = (session_id: SessionId, after_seq: number): ExportPage | null => {
    const head = store.head(session_id);
    if (!head) return null;
    const events = hashed.read(session_id, after_seq, limits.historyEvents, limits.historyChars).map((event) => {
      const body = redact(event.body);
      return body === event.body ? event : { ...event, body, redacted: true as const };
    });
    const last = events.at(-1)?.seq ?? after_seq;
    return { events, seq: head.seq, head: head.hash, next: last < head.seq && events.length > 0 ? last : null };
  };
  return {
    page,
    queries: {
      export_page: ({ session_id, after_seq }) =>
        (orchestrator.runtime(session_id) && page(session_id, after_seq)) ?? refuseQuery(noSession),
    },
  };
}
