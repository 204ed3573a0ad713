import type { EventOf } from '../../main/protocol/events.ts';
import type { QueryOf } from '../../main/protocol/queries.ts';
import type { ApprovalRecord } from '../../main/protocol/views.ts';
import type { EventWriter } from './event-writer.ts';

/** What the gateway would tell of the requests in these sessions. */
export function approvalRecords(
  sessions: readonly EventWriter[],
  { status, approval_id }: Pick<QueryOf<'approvals_list'>, 'status' | 'approval_id'>,
): ApprovalRecord[] {
  return sessions
    .flatMap((writer) => ofSession(writer))
    .filter((one) => (!status || one.status === status) && (!approval_id || one.approval_id === approval_id))
    .sort((a, b) => b.ts - a.ts);
}

function ofSession(writer: EventWriter): ApprovalRecord[] {
  const created = writer.events.find((event) => event.type === 'session_created') as EventOf<'session_created'>;
  return writer.events.flatMap((event): ApprovalRecord[] => {
    if (event.type !== 'approval_request') return [];
    const answer = writer.events.find(
      (one) => one.type === 'approval_resolved' && one.approval_id === event.approval_id,
    ) as (EventOf<'approval_resolved'> & { ts: number; seq: number }) | undefined;
    const { session_id, seq, ts, turn_id, type: _, ...request } = event;
    const { decision, by, message, option_id } = answer ?? {};
    return [
      {
        ...request,
        ...{ session_id, seq, ts, turn_id, session_title: created.title ?? '' },
        ...{ provider: created.provider, cwd: created.cwd, waits: turn_id !== null && turn_id === writer.turnId },
        status: answer ? 'answered' : 'pending',
        answer: answer
          ? ({ decision, by, message, option_id, ts: answer.ts, seq: answer.seq } as ApprovalRecord['answer'])
          : null,
      } as ApprovalRecord,
    ];
  });
}
