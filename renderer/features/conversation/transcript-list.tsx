import { MessageSquare } from 'lucide-react';
import { memo, useMemo, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { t } from '../../strings/index.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { ImportedBeginning } from '../imports/imported-beginning.tsx';
import { EntryView } from './entry-list.tsx';
import { FromTail, type HandedOver } from './handed-over.tsx';
import { isUntouched } from './is-untouched.ts';
import { keyOf, type Row, useRows } from './list-rows.ts';
import { mountedBeyond } from './mounted-beyond.ts';
import { OriginNote } from './origin-note.tsx';
import { OutboxMessages } from './outbox-messages.tsx';
import { useFolder, useSessionProvider, useTranscript } from './session-context.ts';
import { useFindScroll } from './use-find-scroll.ts';
import { rowAttribute, useKeptRows } from './use-kept-rows.ts';
import { useListPlace } from './use-list-place.ts';
import type { StickyScroll } from './use-sticky-scroll.ts';
import { useTail } from './use-tail.ts';

/** Several rows may come from the tail at once. */
const justCame = 8;

/** The conversation. Only what is near the part that is seen is mounted, however long it is; its last rows always are. */
export function TranscriptList({ scroll }: { scroll: StickyScroll }) {
  const entries = useTranscript((view) => view.entries);
  const settled = useTranscript((view) => view.phase === 'live');
  const rows = useRows(entries);
  const list = useRef<VirtualizerHandle>(null);
  const tail = useRef<HTMLDivElement>(null);
  const chosen = useKeptRows(scroll.content);
  const [handed] = useState<HandedOver>(() => new Map());
  const from = useTail(rows, settled, tail, scroll, handed);
  const virtual = useMemo(() => rows.slice(0, from), [rows, from]);
  const returned = useListPlace({ list, tail, from, rows }, scroll);
  useFindScroll({ list, tail, from, rows }, scroll);
  // The row above the tail too: where the tail fills the screen, the heights of the others are guessed by it before anybody scrolls there.
  // And those that just came from the tail: the list knows how high they are once it has had them.
  const kept = useMemo(() => {
    const above = rows.slice(Math.max(0, from - justCame), from);
    const came = above.flatMap((row, at) => (handed.has(keyOf(row)) ? [from - above.length + at] : []));
    return [...chosen, ...came, ...(from > 0 ? [from - 1] : []), ...(returned === null ? [] : [returned])];
  }, [chosen, returned, from, rows, handed]);
  if (isUntouched(entries)) return <EmptyConversation />;
  return (
    <>
      <Virtualizer ref={list} data={virtual} scrollRef={scroll.scroller} bufferSize={mountedBeyond} keepMounted={kept}>
        {(row, at) => (
          <FromTail key={keyOf(row)} row={keyOf(row)} handed={handed}>
            <ListRow row={row} at={at} />
          </FromTail>
        )}
      </Virtualizer>
      <div className="transcript-tail" ref={tail}>
        {rows.slice(from).map((row, at) => (
          <ListRow key={keyOf(row)} row={row} at={from + at} />
        ))}
      </div>
    </>
  );
}

const ListRow = memo(function ListRow({ row, at }: { row: Row; at: number }) {
  return (
    <div
      className={`transcript-row is-${row.kind}`}
      data-goes-on={(row.kind === 'entry' && row.more) || undefined}
      {...{ [rowAttribute]: at }}
    >
      <RowView row={row} />
    </div>
  );
});

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
      <EmptyNote icon={MessageSquare} title={t.conversation.empty}>
        {provider && folder ? t.conversation.emptyHint(provider.name, folder) : null}
      </EmptyNote>
      <OutboxMessages />
    </div>
  );
}
