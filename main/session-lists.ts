import { refuseQuery } from './orchestrator/connection.ts';
import type { Orchestrator } from './orchestrator/orchestrator.ts';
import type { ApprovalPlace, EventStore, QueryHandlers } from './orchestrator/ports.ts';
import { noSession } from './orchestrator/problems.ts';
import { isWithin } from './orchestrator/restrictions.ts';
import { readEvent } from './orchestrator/session-runtime.ts';
import type { DurableEvent } from './protocol/events.ts';
import type { SessionId } from './protocol/ids.ts';
import { limits } from './protocol/limits.ts';
import { say } from './protocol/saying.ts';
import type { ApprovalRecord, SessionSummary } from './protocol/views.ts';
import { isInside } from './sessions/rules.ts';

type ListQueries = Pick<QueryHandlers, 'history' | 'sessions_page' | 'approvals_list'>;

/** Events read from the log at once for a page of history. */
const historyStep = 32;

/** A place in a list that is read from its end: a time and an id. Opaque to clients. */
const cursorOf = (at: number, id: string): string => `${at}.${id}`;
function placeOf(cursor: string | undefined): { at: number; id: string } | null {
  const [, at, id] = /^(\d{1,16})\.([\w-]{1,80})$/.exec(cursor ?? '') ?? [];
  return at === undefined || id === undefined ? null : { at: Number(at), id };
}

const badCursor = refuseQuery({
  code: 'invalid_frame',
  say: say('list.badCursor'),
  message: 'This cursor is not one of ours.',
  impact: 'Nothing was read.',
  next: 'Use the "next" of the page before, or none for the first page.',
});

function matches(session: SessionSummary, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { title, cwd, preview, goal } = session;
  const text = [title, cwd, preview, goal?.objective ?? ''].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Lists that are too long to be sent whole: what came before in a session, the sessions, the approvals of all of them. */
export function createListQueries({
  orchestrator,
  store,
}: {
  orchestrator: Orchestrator;
  store: EventStore;
}): ListQueries {
  return {
    history({ session_id, before_seq, limit }) {
      const runtime = orchestrator.runtime(session_id);
      if (!runtime) return refuseQuery(noSession);
      const seq = runtime.seq();
      const last = Math.min((before_seq ?? seq + 1) - 1, seq);
      const events: DurableEvent[] = [];
      let first = last + 1;
      // From its end, a few at a time: a page of long blocks must not fill the memory before it is cut.
      for (let chars = 0; first > 1 && events.length < limit && chars < limits.historyChars; ) {
        const count = Math.min(historyStep, limit - events.length, first - 1);
        const found = runtime.read(first - 1 - count, count);
        for (let at = found.length - 1; at >= 0; at -= 1) {
          chars += found[at]!.body.length;
          if (events.length > 0 && chars > limits.historyChars) break;
          events.push(readEvent(session_id, found[at]!));
          first -= 1;
        }
        if (found.length === 0) break;
      }
      return { events: events.reverse(), seq, next: first > 1 ? first : null };
    },

    sessions_page({ cursor, limit, text, archived, status, folder, provider }, principal) {
      const place = placeOf(cursor);
      if (cursor !== undefined && !place) return badCursor;
      const words = text?.toLowerCase().split(/\s+/) ?? [];
      const wanted = orchestrator
        .summaries()
        .filter(
          (one) =>
            isWithin(principal, one) &&
            (archived === undefined || one.archived === archived) &&
            (status === undefined || status.includes(one.status)) &&
            (provider === undefined || one.provider === provider) &&
            (folder === undefined || isInside(one.cwd, folder)) &&
            matches(one, words),
        )
        .sort((a, b) => b.updated_at - a.updated_at || (a.session_id < b.session_id ? 1 : -1));
      const after = place
        ? wanted.filter(
            (one) => one.updated_at < place.at || (one.updated_at === place.at && one.session_id < place.id),
          )
        : wanted;
      const sessions = after.slice(0, limit);
      const last = sessions.at(-1);
      const next = last && after.length > sessions.length ? cursorOf(last.updated_at, last.session_id) : null;
      return { sessions, next, total: wanted.length };
    },

    approvals_list({ cursor, limit, status, session_id, approval_id }, principal) {
      const place = placeOf(cursor);
      if (cursor !== undefined && !place) return badCursor;
      const known = new Map(
        orchestrator
          .summaries()
          .filter((one) => isWithin(principal, one))
          .map((one) => [one.session_id, one] as const),
      );
      const approvals: ApprovalRecord[] = [];
      let before = place ? { ts: place.at, approval_id: place.id } : undefined;
      for (;;) {
        const page = store.approvals({ status, session_id, approval_id, before, limit });
        for (const at of page) {
          before = at;
          const session = known.get(at.session_id);
          const record = session && approvalRecord(store, session, at);
          if (record) approvals.push(record);
          if (approvals.length === limit) return { approvals, next: cursorOf(at.ts, at.approval_id) };
        }
        if (page.length < limit) return { approvals, next: null };
      }
    },
  };
}

function eventAt(store: EventStore, session_id: SessionId, seq: number): DurableEvent | null {
  const found = store.read(session_id, seq - 1, 1)[0];
  return found ? readEvent(session_id, found) : null;
}

/** Null: what the log has there was damaged on disk. */
function approvalRecord(store: EventStore, session: SessionSummary, at: ApprovalPlace): ApprovalRecord | null {
  const { session_id, title: session_title } = session;
  const request = eventAt(store, session_id, at.request_seq);
  if (request?.type !== 'approval_request') return null;
  const resolved = at.answer_seq === null ? null : eventAt(store, session_id, at.answer_seq);
  const { type: _type, ...asked } = request;
  return {
    ...asked,
    session_title,
    provider: session.provider,
    // Absent in logs of earlier versions, in which no session could move.
    cwd: request.cwd ?? session.cwd,
    status: at.answer_seq === null ? 'pending' : 'answered',
    waits: at.answer_seq === null && session.turn_id !== null && session.turn_id === request.turn_id,
    answer:
      resolved?.type === 'approval_resolved'
        ? {
            decision: resolved.decision,
            option_id: resolved.option_id,
            message: resolved.message,
            by: resolved.by,
            ts: resolved.ts,
            seq: resolved.seq,
            kept: resolved.kept,
            stored: resolved.stored,
          }
        : null,
  };
}
