import { CloudOff } from 'lucide-react';
import { useStore } from 'zustand';
import type { LinkState } from '../../bridge.ts';
import { outbox } from '../../store/outbox.ts';
import { formatClock, formatMoment } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useConnection } from '../../ui/client-context.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { useNow } from '../../ui/use-now.ts';

/** Attempts after which it is no hiccup any more. */
const manyAttempts = 3;

/**
 * The state of the link, said only while it is not well: since when, what is tried, what waits, and of when what is shown is. What passes by itself
 * lies over the page and moves nothing of it; what lasts has room of its own.
 */
export function ConnectionBanner() {
  const link = useConnection((view) => view.link);
  const shownAsOf = useConnection((view) => view.shownAsOf);
  return (
    <div className="connection-status" role="status" data-testid={testIds.connectionStatus} data-state={link.status}>
      {/* Of when what is shown is, is known a moment later: drawn anew, nothing in it moves. */}
      {(link.status === 'connecting' || link.status === 'waiting') && (
        <Banner key={`${shownAsOf !== null}`} link={link} />
      )}
    </div>
  );
}

function Banner({ link }: { link: LinkState & { status: 'connecting' | 'waiting' } }) {
  const { bridge } = useClient();
  const wasOpen = useConnection((view) => view.welcome !== null);
  const shownAsOf = useConnection((view) => view.shownAsOf);
  const unsent = useStore(outbox).filter((message) => message.sentAs === null && !message.problem).length;
  const offline = link.status === 'waiting' && link.attempt >= manyAttempts;
  const lost = wasOpen || shownAsOf !== null || link.status === 'waiting';
  return (
    <span
      className={`connection-banner ${offline ? '' : 'is-passing'} ${link.status === 'connecting' && !link.since ? 'is-calm' : ''}`}
    >
      {offline ? <CloudOff size={15} aria-hidden /> : <Spinner />}
      <span className="connection-text">
        <span>
          {offline ? t.connection.offline : lost ? t.connection.reconnecting : t.connection.connecting}{' '}
          {link.status === 'waiting' && (offline ? <RetryIn at={link.retryAt} /> : t.connection.reconnectingNote)}
        </span>
        <Details link={link} unsent={unsent} shownAsOf={shownAsOf} />
      </span>
      {offline && (
        <Button size="small" onClick={() => bridge.reconnectNow()}>
          {t.connection.retryNow}
        </Button>
      )}
    </span>
  );
}

interface DetailsProps {
  link: LinkState & { status: 'connecting' | 'waiting' };
  unsent: number;
  shownAsOf: number | null;
}

/** What a person may ask next, in one quiet line. */
function Details({ link, unsent, shownAsOf }: DetailsProps) {
  const now = useNow('second');
  const seconds = link.since === undefined ? 0 : Math.floor((now - link.since) / 1_000);
  const parts = [
    seconds >= 5 && t.link.since(formatClock(seconds)),
    link.target && t.link.trying(link.target),
    unsent > 0 && t.link.waiting(unsent),
    shownAsOf !== null && t.link.oldState(formatMoment(shownAsOf, now)),
    link.status === 'waiting' && !window.isSecureContext && t.link.plainPage,
  ].filter((part) => typeof part === 'string');
  if (parts.length === 0) return null;
  return <span className="connection-details">{parts.join(' · ')}</span>;
}

function RetryIn({ at }: { at: number }) {
  const now = useNow('second');
  return t.connection.retryIn(Math.max(1, Math.ceil((at - now) / 1_000)));
}
