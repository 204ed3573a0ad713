import type { DurableEvent } from '../../../main/protocol/events.ts';
import type { Draft } from './draft.ts';
import type { LineItem } from './view.ts';

/** A line stands in the turn it belongs to, else between the turns. */
export function addLine(draft: Draft, event: DurableEvent, line: LineItem['line']): void {
  const item: LineItem = { kind: 'line', key: `line-${event.seq}-${line.type}`, ts: event.ts, line };
  const turn = event.turn_id === null ? null : draft.knownTurn(event.turn_id);
  if (turn) turn.items.push(item);
  else draft.addEntry({ kind: 'line', seq: event.seq, line: item });
}
