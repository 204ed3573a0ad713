import type { Orchestrator } from '../orchestrator/orchestrator.ts';
import type { RetentionPreview } from '../protocol/data.ts';
import type { SessionSummary } from '../protocol/views.ts';

const dayMs = 86_400_000;
const mostTitles = 50;

/** Archived sessions in which nothing happened since then, the oldest first. */
export const laidAsideBefore = (sessions: readonly SessionSummary[], before: number): SessionSummary[] =>
  sessions
    .filter(({ archived, updated_at }) => archived && updated_at < before)
    .sort((a, b) => a.updated_at - b.updated_at);

/** What a retention of so many days would delete now. @param bytesOf - of the events of a session. */
export function previewRetention(
  orchestrator: Pick<Orchestrator, 'summaries' | 'isAtRest'>,
  days: number,
  now: number,
  bytesOf: (session_ids: readonly string[]) => number,
): RetentionPreview {
  const before = now - days * dayMs;
  const old = laidAsideBefore(orchestrator.summaries(), before);
  const going = old.filter(({ session_id }) => orchestrator.isAtRest(session_id));
  return {
    before,
    sessions: going.length,
    kept: old.length - going.length,
    bytes: bytesOf(going.map(({ session_id }) => session_id)),
    titles: going.slice(0, mostTitles).map(({ title }) => title),
  };
}

/** Deletes them, each as a whole and only if nothing goes on in it at that moment; others have their turn in between. */
export async function deleteLaidAside(
  orchestrator: Pick<Orchestrator, 'summaries' | 'remove'>,
  before: number,
  reason: string,
  advance: (done: number, total: number) => void,
): Promise<{ deleted: number; kept: number }> {
  const old = laidAsideBefore(orchestrator.summaries(), before);
  let deleted = 0;
  for (const [at, { session_id }] of old.entries()) {
    if (orchestrator.remove(session_id, reason)) deleted += 1;
    advance(at + 1, old.length);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { deleted, kept: old.length - deleted };
}
