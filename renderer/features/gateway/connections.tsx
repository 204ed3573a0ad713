import { useState } from 'react';
import type { LiveConnection } from '../../../main/protocol/gateway.ts';
import { formatSince } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useNow } from '../../ui/use-now.ts';
import { QueryProblem } from '../settings/query-problem.tsx';
import { useQuery } from '../settings/use-query.ts';

/** Who is connected now, by which door and since when; anyone but oneself can be cut off. */
export function Connections() {
  const client = useClient();
  const now = useNow('minute');
  const { value, problem, reload } = useQuery<{ connections: LiveConnection[] }>('connections_list', 'connections');
  const [closing, setClosing] = useState<LiveConnection | null>(null);
  const close = async ({ connection_id }: LiveConnection): Promise<void> => {
    const answer = await client.request({ type: 'connections_close', connection_id });
    if (!answer.ok) client.report(answer.problem);
    await reload();
  };
  return (
    <section className="card">
      <h2>{t.gateway.connections.title}</h2>
      {problem && <QueryProblem problem={problem} onRetry={() => void reload()} />}
      {value?.connections.length === 0 && <p className="field-note">{t.gateway.connections.none}</p>}
      <ul className="connection-list">
        {value?.connections.map((one) => (
          <li key={one.connection_id} className="connection-row" data-testid={testIds.connectionRow}>
            <div className="access-text">
              <p className="access-name">
                <span>{nameOf(one)}</span>
                {one.current && <span className="badge is-good">{t.gateway.connections.current}</span>}
              </p>
              <p className="access-facts">
                {[t.gateway.connections.door[one.door], one.address, one.client].filter(Boolean).join(' · ')}
              </p>
              <p className="access-facts">
                {t.gateway.connections.since(formatSince(one.connected_at, now))} ·{' '}
                {t.gateway.connections.follows(one.sessions)}
              </p>
            </div>
            {!one.current && (
              <Button
                size="small"
                aria-label={t.gateway.connections.closeLabel(nameOf(one))}
                data-testid={testIds.connectionClose}
                onClick={() => setClosing(one)}
              >
                {t.gateway.connections.close}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {closing && (
        <ConfirmDialog
          title={t.gateway.connections.closeTitle(nameOf(closing))}
          note={t.gateway.connections.closeNote}
          action={t.gateway.connections.close}
          onConfirm={() => void close(closing)}
          onClose={() => setClosing(null)}
        />
      )}
    </section>
  );
}

const nameOf = ({ actor }: LiveConnection): string =>
  actor.name ?? (actor.kind === 'owner' ? t.gateway.connections.owner : t.actor.unknown);
