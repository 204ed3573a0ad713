import { Undo2 } from 'lucide-react';
import { memo } from 'react';
import { countTurns } from '../../store/transcript/rewind.ts';
import type { Entry, RewoundEntry } from '../../store/transcript/view.ts';
import { formatDateTime } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Fold } from '../../ui/fold.tsx';
import { LineView } from './line-view.tsx';
import { useTranscript } from './session-context.ts';
import { TurnView } from './turn-view.tsx';
import { CanGoBack } from './user-message.tsx';

export function EntryList({ entries }: { entries: readonly Entry[] }) {
  const turns = useTranscript((view) => view.turns);
  return entries.map((entry) => {
    if (entry.kind === 'line') return <LineView key={entry.line.key} item={entry.line} />;
    if (entry.kind === 'rewound') return <RewoundView key={entry.key} entry={entry} />;
    const turn = turns.get(entry.turnId);
    return turn ? <TurnView key={entry.turnId} turn={turn} /> : null;
  });
}

/** What was gone back over: there to be read, out of the way. */
const RewoundView = memo(function RewoundView({ entry }: { entry: RewoundEntry }) {
  const summary = (
    <>
      <Undo2 size={14} aria-hidden />
      <span>{t.history.rewound(countTurns(entry.entries))}</span>
    </>
  );
  return (
    <section className="rewound" title={formatDateTime(entry.ts)} data-testid={testIds.rewound}>
      <Fold summary={summary}>
        {() => (
          <CanGoBack value={false}>
            <p className="rewound-note">{t.history.rewoundNote}</p>
            <div className="rewound-entries">
              <EntryList entries={entry.entries} />
            </div>
          </CanGoBack>
        )}
      </Fold>
    </section>
  );
});
