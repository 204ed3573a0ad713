import { canonicalJson } from '../base/canonical-json.ts';
import type { DurableEvent } from '../protocol/events.ts';
import type { SessionId } from '../protocol/ids.ts';
import { say } from '../protocol/saying.ts';

/** What stands in the place of an event whose bytes on disk cannot be read any more: a notice that says so. Nothing on disk is changed. */
export function damagedBody(session_id: SessionId, seq: number): string {
  const notice: DurableEvent = {
    type: 'notice',
    level: 'error',
    code: 'event_damaged',
    say: say('notice.eventDamaged', { seq, session: session_id }),
    text: `Entry ${seq} of this session was damaged on disk and cannot be shown. What stands before and after it is whole. "quarterdeck verify ${session_id}" tells more; the backups in the Quarterdeck folder may still have it.`,
    session_id,
    seq,
    ts: 0,
    turn_id: null,
  };
  return canonicalJson(notice);
}

/** A cheap look at bytes that came from disk: a zeroed page or a cut-off body is seen without parsing every event of every replay. */
export function looksWhole(body: string): boolean {
  return body.charCodeAt(0) === 123 && body.charCodeAt(body.length - 1) === 125 && !body.includes('\0');
}
