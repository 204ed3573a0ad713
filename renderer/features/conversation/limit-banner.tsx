import { Timer } from 'lucide-react';
import { useState } from 'react';
import { go } from '../../store/route.ts';
import { formatClock, formatMoment } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { RightButton } from '../../ui/right-button.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useSession, useTranscript } from './session-context.ts';

/** A time limit is about to end the running turn: when, how long that is, and how to keep it going. */
export function LimitBanner() {
  const client = useClient();
  const { sessionId } = useSession();
  const turnId = useTranscript((view) => view.runningTurn);
  const warnings = useTranscript((view) => (turnId ? view.turns.get(turnId)?.warnings : undefined));
  const [busy, setBusy] = useState(false);
  const next = warnings?.toSorted((a, b) => a.endsAt - b.endsAt)[0];
  const keepGoing = async (): Promise<void> => {
    if (!turnId) return;
    setBusy(true);
    await client.act(sessionId, { type: 'keep_going', session_id: sessionId, turn_id: turnId });
    setBusy(false);
  };
  return (
    <>
      {/* Said once: the seconds that pass are for the eyes only. */}
      <div className="visually-hidden" role="status" aria-live="polite">
        {next && t.limit[next.limit](formatMoment(next.endsAt, Date.now()))}
      </div>
      {next && (
        <section className="limit-banner" data-testid={testIds.limitBanner} data-limit={next.limit}>
          <Timer size={16} aria-hidden />
          <span className="limit-text">{t.limit[next.limit](formatMoment(next.endsAt, Date.now()))}</span>
          <span className="limit-left" aria-hidden="true">
            <Countdown to={next.endsAt} /> {t.limit.left}
          </span>
          <Button
            size="small"
            variant="quiet"
            className="wide-only"
            onClick={() => go({ name: 'settings', tab: 'sessions' })}
          >
            {t.limit.change}
          </Button>
          <RightButton
            needs="chat"
            size="small"
            variant="primary"
            disabled={busy}
            data-testid={testIds.keepGoing}
            onClick={() => void keepGoing()}
          >
            {t.limit.keepGoing}
          </RightButton>
        </section>
      )}
    </>
  );
}

function Countdown({ to }: { to: number }) {
  const now = useNow('second');
  return <strong className="elapsed">{formatClock(Math.max(0, Math.ceil((to - now) / 1_000)))}</strong>;
}
