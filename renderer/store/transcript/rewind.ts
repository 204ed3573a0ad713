import type { DurableEvent } from '../../../main/protocol/events.ts';
import type { Draft } from './draft.ts';
import type { Entry, SessionPlan } from './view.ts';

/** Folds everything from event `to_seq` on into one entry: it stays in the log and can be looked at, but the conversation goes on before it. */
export function rewound(draft: Draft, event: Extract<DurableEvent, { type: 'rewound' }>): void {
  const { view } = draft;
  const hidden = view.entries.filter((entry) => entry.seq >= event.to_seq);
  const kept = view.entries.filter((entry) => entry.seq < event.to_seq);
  draft.setEntries([
    ...kept,
    {
      kind: 'rewound',
      seq: event.to_seq,
      key: `rewound-${event.seq}`,
      ts: event.ts,
      by: event.by,
      entries: hidden,
    },
  ]);
  const last = kept.findLast((entry) => entry.kind === 'turn');
  view.lastTurn = last?.turnId ?? null;
  const turn = last ? draft.peek(last.turnId) : null;
  if (view.plan && view.plan.seq >= event.to_seq) view.plan = lastPlan(draft, kept);
  // How full the context of another agent was says nothing of this one's.
  view.usage = turn && turn.provider === view.meta?.provider ? turn.usage : null;
  // Whoever had seen what is gone now has to be told the rest anew.
  view.seenBy = new Map([...view.seenBy].filter(([, seq]) => seq < event.to_seq));
}

/** The plan that was told last in what is left. Its turn knows it without its place in the log, which is that of the turn then. */
function lastPlan(draft: Draft, kept: readonly Entry[]): SessionPlan | null {
  for (const entry of kept.toReversed()) {
    const turn = entry.kind === 'turn' ? draft.peek(entry.turnId) : null;
    const plan = turn?.items.findLast((item) => item.kind === 'plan');
    if (turn && plan?.kind === 'plan') return { seq: entry.seq, ts: turn.startedAt, entries: plan.entries };
  }
  return null;
}

/** How many turns lie in a part that was gone back over, those of earlier ones inside it included. */
export function countTurns(entries: readonly Entry[]): number {
  return entries.reduce(
    (sum, entry) => sum + (entry.kind === 'turn' ? 1 : entry.kind === 'rewound' ? countTurns(entry.entries) : 0),
    0,
  );
}

/** Has nothing happened since a going back? What stands between the turns counts for nothing, but a change of the agent does. */
export function justRewound(entries: readonly Entry[]): boolean {
  const last = entries.findLast((entry) => entry.kind !== 'line' || entry.line.line.type === 'provider');
  return last?.kind === 'rewound';
}

/** Turns an agent has not seen itself. */
export function unseenTurns(entries: readonly Entry[], seenUpTo: number): number {
  return entries.filter((entry) => entry.kind === 'turn' && entry.seq > seenUpTo).length;
}
