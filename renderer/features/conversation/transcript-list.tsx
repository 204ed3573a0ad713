import { type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { keepReadingPlace, readingPlaceOf } from '../../store/reading-place.ts';
import type { Entry } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { ImportedBeginning } from '../imports/imported-beginning.tsx';
import { EntryView } from './entry-list.tsx';
import { isUntouched } from './is-untouched.ts';
import { OriginNote } from './origin-note.tsx';
import { OutboxMessages } from './outbox-messages.tsx';
import { useFolder, useSession, useSessionProvider, useTranscript } from './session-context.ts';
import { rowAttribute, useKeptRows } from './use-kept-rows.ts';
import type { StickyScroll } from './use-sticky-scroll.ts';

/** Pixels above and below what is seen that are mounted too: a page of the wheel finds everything there. */
const mountedBeyond = 1_000;

type Row =
  | { readonly kind: 'beginning' }
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'end' };
const beginning: Row = { kind: 'beginning' };
const end: Row = { kind: 'end' };

/** The conversation. Only what is near the part that is seen is mounted, however long it is. */
export function TranscriptList({ scroll }: { scroll: StickyScroll }) {
  const entries = useTranscript((view) => view.entries);
  const rows = useMemo<readonly Row[]>(
    () => [beginning, ...entries.map((entry): Row => ({ kind: 'entry', entry })), end],
    [entries],
  );
  const list = useRef<VirtualizerHandle>(null);
  const kept = useKeptRows(scroll.content);
  useReadingPlace(list, entries, scroll);
  if (isUntouched(entries)) return <EmptyConversation />;
  return (
    <Virtualizer ref={list} data={rows} scrollRef={scroll.scroller} bufferSize={mountedBeyond} keepMounted={kept}>
      {(row, at) => (
        <div key={keyOf(row)} className={`transcript-row is-${row.kind}`} {...{ [rowAttribute]: at }}>
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
      return <EntryView entry={row.entry} />;
    case 'end':
      return <OutboxMessages />;
  }
}

function keyOf(row: Row): string {
  return row.kind === 'entry' ? `${row.entry.kind}-${row.entry.seq}` : row.kind;
}

/** Takes a person back to where they were reading when they left the session, and notes it when they leave. */
function useReadingPlace(
  list: RefObject<VirtualizerHandle | null>,
  entries: readonly Entry[],
  { atEnd, leaveEnd }: StickyScroll,
): void {
  const { sessionId } = useSession();
  const live = useTranscript((view) => view.phase === 'live');
  const now = useRef({ entries, atEnd });
  now.current = { entries, atEnd };
  const restored = useRef(false);
  useLayoutEffect(() => {
    if (restored.current || !live || !list.current) return;
    restored.current = true;
    const place = readingPlaceOf(sessionId);
    const at = place === null ? -1 : now.current.entries.findIndex((entry) => entry.seq >= place.seq);
    if (place === null || at < 0) return;
    leaveEnd();
    list.current.scrollToIndex(at + 1, { align: 'start', offset: place.offset });
  }, [live, list, sessionId, leaveEnd]);
  useLayoutEffect(() => {
    const keep = (): void => {
      const handle = list.current;
      if (!restored.current || !handle) return;
      // The rows of the entries stand behind the one of the beginning.
      const row = Math.max(1, handle.findItemIndex(handle.scrollOffset));
      const entry = now.current.entries[row - 1];
      const place = { seq: entry?.seq ?? 0, offset: handle.scrollOffset - handle.getItemOffset(row) };
      keepReadingPlace(sessionId, now.current.atEnd || !entry ? null : place);
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
