import type { OpenItemKind } from '../../../main/protocol/events.ts';
import type { ServerFrame, ServerFrameOf } from '../../../main/protocol/frames.ts';
import { Draft, findTool, patchTool } from './draft.ts';
import { hasKey } from './item-index.ts';
import { reduceEvent } from './reduce-event.ts';
import type { OpenItem, ToolItem, TranscriptView } from './view.ts';

/** Frames that belong to the transcript of one session. */
export type TranscriptFrame = ServerFrameOf<
  'events' | 'attached' | 'item_snapshot' | 'text_delta' | 'reasoning_delta' | 'tool_input_delta' | 'tool_output_delta'
>;
type DeltaFrame = ServerFrameOf<'text_delta' | 'reasoning_delta' | 'tool_input_delta' | 'tool_output_delta'>;

const transcriptTypes: ReadonlySet<string> = new Set<TranscriptFrame['type']>([
  'events',
  'attached',
  'item_snapshot',
  'text_delta',
  'reasoning_delta',
  'tool_input_delta',
  'tool_output_delta',
]);

export function isTranscriptFrame(frame: ServerFrame): frame is TranscriptFrame {
  return transcriptTypes.has(frame.type);
}

const deltaKind: Record<DeltaFrame['type'], OpenItemKind> = {
  text_delta: 'text',
  reasoning_delta: 'reasoning',
  tool_input_delta: 'tool_input',
  tool_output_delta: 'tool_output',
};

/** `gap`: something is missing between what is known and what came. What came is not shown; the session must be attached anew. */
export interface Reduced {
  readonly view: TranscriptView;
  readonly gap: boolean;
}

/**
 * Puts a batch of frames of one session into its view. Pure. What is known already is ignored, so replays and duplicates are harmless; what
 * does not fit is never shown.
 */
export function reduceFrames(before: TranscriptView, frames: readonly TranscriptFrame[]): Reduced {
  const draft = new Draft(before);
  for (const frame of frames) {
    if (!reduceFrame(draft, frame) && draft.view.phase === 'live') return { view: draft.done(), gap: true };
  }
  return { view: draft.done(), gap: false };
}

/** A replay has been asked for: until it is complete, frames of the old cursor may still arrive. */
export function beginAttach(view: TranscriptView): TranscriptView {
  return view.phase === 'attaching' ? view : { ...view, phase: 'attaching' };
}

/** False: the frame does not fit. */
function reduceFrame(draft: Draft, frame: TranscriptFrame): boolean {
  const { view } = draft;
  switch (frame.type) {
    case 'events':
      for (const event of frame.events) {
        if (event.seq <= view.seq) continue;
        if (event.seq !== view.seq + 1) return false;
        reduceEvent(draft, event);
      }
      return true;
    case 'attached':
      if (frame.seq > view.seq) return false;
      if (view.phase === 'attaching') draft.clearOpen();
      view.phase = 'live';
      return true;
    case 'item_snapshot':
      setOpen(draft, frame, frame.kind, frame.text, frame.gone === true);
      return true;
    default:
      return reduceDelta(draft, frame);
  }
}

function reduceDelta(draft: Draft, frame: DeltaFrame): boolean {
  const kind = deltaKind[frame.type];
  const known = openText(draft, frame, kind);
  // Finished meanwhile: the log has it whole.
  if (known === null) return true;
  if (frame.offset > known.length) return false;
  if (frame.offset === known.length) {
    setOpen(draft, frame, kind, known + frame.text, false);
    return true;
  }
  // Seen before: harmless when it says the same again.
  return known.startsWith(frame.text, frame.offset);
}

interface Place {
  readonly turn_id: TranscriptView['lastTurn'] & string;
  readonly item_id: string;
}

/** What is known of the item; empty when nothing is; null when it is finished. */
function openText(draft: Draft, place: Place, kind: OpenItemKind): string | null {
  const turn = draft.knownTurn(place.turn_id);
  if (!turn) return '';
  if (turn.status !== 'running') return null;
  if (kind === 'tool_output') {
    const at = findTool(turn, place.item_id);
    if (at < 0) return '';
    const tool = turn.items[at] as ToolItem;
    return tool.status === 'running' ? tool.output : null;
  }
  const open = turn.open.find((item) => item.itemId === place.item_id);
  if (open) return open.text;
  return hasKey(turn.items, place.item_id) ? null : '';
}

function setOpen(draft: Draft, place: Place, kind: OpenItemKind, text: string, gone: boolean): void {
  const turn = draft.knownTurn(place.turn_id);
  if (turn?.status !== 'running') return;
  if (kind === 'tool_output') {
    const at = findTool(turn, place.item_id);
    if (at >= 0 && (turn.items[at] as ToolItem).status === 'running') patchTool(turn, at, { output: text });
    return;
  }
  const at = turn.open.findIndex((item) => item.itemId === place.item_id);
  if (gone) {
    if (at >= 0) turn.open.splice(at, 1);
    return;
  }
  if (at < 0 && hasKey(turn.items, place.item_id)) return;
  const item: OpenItem = { kind, key: place.item_id, itemId: place.item_id, text };
  if (at >= 0) turn.open[at] = item;
  else turn.open.push(item);
}
