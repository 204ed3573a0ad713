import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { ImportedBeginning } from '../imports/imported-beginning.tsx';
import { EntryList } from './entry-list.tsx';
import { isUntouched } from './is-untouched.ts';
import { OriginNote } from './origin-note.tsx';
import { useFolder, useSessionProvider, useTranscript } from './session-context.ts';

/** Turns and lines that are mounted at first, and with every "earlier". */
const pageSize = 40;

export function TranscriptList({ scroller }: { scroller: RefObject<HTMLDivElement | null> }) {
  const entries = useTranscript((view) => view.entries);
  const [shown, setShown] = useState(pageSize);
  const heightBefore = useRef<number | null>(null);
  // What is read stays where it is while older turns come in above it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when more is shown
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box && heightBefore.current !== null) box.scrollTop += box.scrollHeight - heightBefore.current;
    heightBefore.current = null;
  }, [shown]);
  const hidden = Math.max(0, entries.length - shown);
  const visible = hidden > 0 ? entries.slice(hidden) : entries;
  if (isUntouched(entries)) return <EmptyConversation />;
  return (
    <>
      {hidden > 0 && (
        <Button
          className="earlier"
          variant="quiet"
          onClick={() => {
            heightBefore.current = scroller.current?.scrollHeight ?? null;
            setShown(shown + pageSize);
          }}
        >
          {t.conversation.earlier(hidden)}
        </Button>
      )}
      {hidden === 0 && <OriginNote />}
      {hidden === 0 && <ImportedBeginning />}
      <EntryList entries={visible} />
    </>
  );
}

function EmptyConversation() {
  const provider = useSessionProvider();
  const folder = useFolder();
  return (
    <>
      <OriginNote />
      <ImportedBeginning />
      <EmptyNote title={t.conversation.empty}>
        {provider && folder ? t.conversation.emptyHint(provider.name, folder) : null}
      </EmptyNote>
    </>
  );
}
