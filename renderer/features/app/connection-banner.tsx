import { CloudOff } from 'lucide-react';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useConnection } from '../../ui/client-context.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { useNow } from '../../ui/use-now.ts';

/** Attempts after which it is no hiccup any more. */
const manyAttempts = 3;

/** The state of the link, said only while it is not well. */
export function ConnectionBanner() {
  const { bridge } = useClient();
  const link = useConnection((view) => view.link);
  const wasOpen = useConnection((view) => view.welcome !== null);
  const offline = link.status === 'waiting' && link.attempt >= manyAttempts;
  return (
    <div className="connection-status" role="status" data-testid={testIds.connectionStatus} data-state={link.status}>
      {link.status === 'connecting' && (
        <span className="connection-banner is-calm">
          <Spinner /> {wasOpen ? t.connection.reconnecting : t.connection.connecting}
        </span>
      )}
      {link.status === 'waiting' && (
        <span className="connection-banner">
          {offline ? <CloudOff size={15} aria-hidden /> : <Spinner />}
          <span>
            {offline ? t.connection.offline : t.connection.reconnecting}{' '}
            {offline ? <RetryIn at={link.retryAt} /> : t.connection.reconnectingNote}
          </span>
          {offline && (
            <Button size="small" onClick={() => bridge.reconnectNow()}>
              {t.connection.retryNow}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}

function RetryIn({ at }: { at: number }) {
  const now = useNow('second');
  return t.connection.retryIn(Math.max(1, Math.ceil((at - now) / 1_000)));
}
