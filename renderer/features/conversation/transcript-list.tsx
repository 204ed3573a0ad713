import { type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { keepReadingPlace, type ReadingPlace, readingPlaceOf } from '../../store/reading-place.ts';
import type { Entry } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { ImportedBeginning } from '../imports/imported-beginning.tsx';
import { EntryView } from './entry-list.tsx';
import { isUntouched } from './is-untouched.ts';
import { OriginNote } from './origin-note.tsx';
import { OutboxMessages } from './outbox-messages.tsx';
import { useFolder, useSession, useSessionProvider, useTranscript } from './session-context.ts';
import { partsOf } from './turn-parts.ts';
import { rowAttribute, useKeptRows } from './use-kept-rows.ts';
import type { StickyScroll } from './use-sticky-scroll.ts';

/** Pixels above and below what is seen that are mounted too: a page of the wheel finds everything there. */
const mountedBeyond = 1_000;

type Row =
  | { readonly kind: 'beginning' }
  /** `part`: of a turn so long that it is several rows. `more`: it goes on in the next row. */
  | { readonly kind: 'entry'; readonly entry: Entry; readonly part: number; readonly more: boolean }
  | { readonly kind: 'end' };
const beginning: Row = { kind: 'beginning' };
const end: Row = { kind: 'end' };

/** The conversation. Only what is near the part that is seen is mounted, however long it is. */
export function TranscriptList({ scroll }: { scroll: StickyScroll }) {
  const entries = useTranscript((view) => view.entries);
  const rows = useRows(entries);
  const list = useRef<VirtualizerHandle>(null);
  const kept = useKeptRows(scroll.content);
  useReadingPlace(list, rows, scroll);
  if (isUntouched(entries)) return <EmptyConversation />;
  return (
    <Virtualizer ref={list} data={rows} scrollRef={scroll.scroller} bufferSize={mountedBeyond} keepMounted={kept}>
      {(row, at) => (
        <div
          key={keyOf(row)}
          className={`transcript-row is-${row.kind}`}
          data-goes-on={(row.kind === 'entry' && row.more) || undefined}
          {...{ [rowAttribute]: at }}
        >
          <RowView row={row} />
        </div>
      )}
    </Virtualizer>
  );
}

function RowView({ row }: { row: Row }) {
  switch (row.kind) {
    case 'beginning':
      return <Beginning />;
    case 'entry':
      return <EntryView entry={row.entry} part={row.part} />;
    case 'end':
      return <OutboxMessages />;
  }
}

function keyOf(row: Row): string {
  return row.kind === 'entry' ? `${row.entry.kind}-${row.entry.seq}-${row.part}` : row.kind;
}

/** Looked at anew when an entry is added and when the running turn has grown by a row of the list, not with every word. */
function useRows(entries: readonly Entry[]): readonly Row[] {
  const { store } = useSession();
  const running = useTranscript((view) => view.runningTurn);
  const parts = useTranscript((view) => (view.runningTurn === null ? 0 : partsOf(view.turns.get(view.runningTurn))));
  // biome-ignore lint/correctness/useExhaustiveDependencies: these say when there is something new
  return useMemo(() => {
    const { turns } = store.getState();
    const rows: Row[] = [beginning];
    for (const entry of entries) {
      const count = entry.kind === 'turn' ? partsOf(turns.get(entry.turnId)) : 1;
      for (let part = 0; part < count; part += 1) rows.push({ kind: 'entry', entry, part, more: part < count - 1 });
    }
    rows.push(end);
    return rows;
  }, [store, entries, running, parts]);
}

/** The row of the list that holds a place; -1: none does any more. */
function rowAt(rows: readonly Row[], { seq, part = 0 }: Pick<ReadingPlace, 'seq' | 'part'>): number {
  const first = rows.findIndex((row) => row.kind === 'entry' && row.entry.seq >= seq);
  const found = rows[first];
  if (found?.kind !== 'entry') return -1;
  if (found.entry.seq !== seq) return first;
  return rows.findLastIndex((row) => row.kind === 'entry' && row.entry === found.entry && row.part <= part);
}

/** Takes a person back to where they were reading when they left the session, and notes it when they leave. */
function useReadingPlace(
  list: RefObject<VirtualizerHandle | null>,
  rows: readonly Row[],
  { atEnd, leaveEnd }: StickyScroll,
): void {
  const { sessionId } = useSession();
  const live = useTranscript((view) => view.phase === 'live');
  const now = useRef({ rows, atEnd });
  now.current = { rows, atEnd };
  const restored = useRef(false);
  useLayoutEffect(() => {
    if (restored.current || !live || !list.current) return;
    restored.current = true;
    const place = readingPlaceOf(sessionId);
    const at = place === null ? -1 : rowAt(now.current.rows, place);
    if (place === null || at < 0) return;
    leaveEnd();
    list.current.scrollToIndex(at, { align: 'start', offset: place.offset });
  }, [live, list, sessionId, leaveEnd]);
  useLayoutEffect(() => {
    const keep = (): void => {
      const handle = list.current;
      if (!restored.current || !handle) return;
      // The rows of the entries stand behind the one of the beginning.
      const at = Math.max(1, handle.findItemIndex(handle.scrollOffset));
      const row = now.current.rows[at];
      if (now.current.atEnd || row?.kind !== 'entry') keepReadingPlace(sessionId, null);
      else {
        const offset = handle.scrollOffset - handle.getItemOffset(at);
        keepReadingPlace(sessionId, { seq: row.entry.seq, offset, ...(row.part > 0 ? { part: row.part } : {}) });
      }
    };
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      // An ordinary effect would come too late: the list is gone by then.
      keep();
    };
  }, [list, sessionId]);
}

function Beginning() {
  return (
    <>
      <OriginNote />
      <ImportedBeginning />
    </>
  );
}

function EmptyConversation() {
  const provider = useSessionProvider();
  const folder = useFolder();
  return (
    <div className="transcript-empty">
      <Beginning />
      <EmptyNote title={t.conversation.empty}>
        {provider && folder ? t.conversation.emptyHint(provider.name, folder) : null}
      </EmptyNote>
      <OutboxMessages />
    </div>
  );
}
