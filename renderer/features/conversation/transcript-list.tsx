import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { isUntouched } from './is-untouched.ts';
import { LineView } from './line-view.tsx';
import { useFolder, useSessionProvider, useTranscript } from './session-context.ts';
import { TurnView } from './turn-view.tsx';

/** Turns and lines that are mounted at first, and with every "earlier". */
const pageSize = 40;

export function TranscriptList({ scroller }: { scroller: RefObject<HTMLDivElement | null> }) {
  const entries = useTranscript((view) => view.entries);
  const turns = useTranscript((view) => view.turns);
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
      {visible.map((entry) => {
        if (entry.kind === 'line') return <LineView key={entry.line.key} item={entry.line} />;
        const turn = turns.get(entry.turnId);
        return turn ? <TurnView key={entry.turnId} turn={turn} /> : null;
      })}
    </>
  );
}

function EmptyConversation() {
  const provider = useSessionProvider();
  const folder = useFolder();
  return (
    <EmptyNote title={t.conversation.empty}>
      {provider && folder ? t.conversation.emptyHint(provider.name, folder) : null}
    </EmptyNote>
  );
}
