import { Undo2 } from 'lucide-react';
import { memo } from 'react';
import type { TurnId } from '../../../main/protocol/ids.ts';
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
  return entries.map((entry) => <EntryView key={entry.seq} entry={entry} />);
}

/** @param part - which row of the list, of a turn that is several; absent: all of it. */
export function EntryView({ entry, part }: { entry: Entry; part?: number }) {
  switch (entry.kind) {
    case 'line':
      return <LineView item={entry.line} />;
    case 'rewound':
      return <RewoundView entry={entry} />;
    case 'turn':
      return <TurnOf turnId={entry.turnId} part={part} />;
  }
}

/** Looks at its own turn only: another one that grows does not concern it. */
function TurnOf({ turnId, part }: { turnId: TurnId; part: number | undefined }) {
  const turn = useTranscript((view) => view.turns.get(turnId));
  return turn ? <TurnView turn={turn} part={part} /> : null;
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
      <Fold summary={summary} remember={entry.key}>
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
