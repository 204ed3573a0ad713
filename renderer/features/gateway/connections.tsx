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

const words = t.gateway.connections;

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
      <h2>{words.title}</h2>
      {problem && <QueryProblem problem={problem} onRetry={() => void reload()} />}
      {value?.connections.length === 0 && <p className="field-note">{words.none}</p>}
      <ul className="connection-list">
        {value?.connections.map((one) => (
          <li key={one.connection_id} className="connection-row" data-testid={testIds.connectionRow}>
            <div className="access-text">
              <p className="access-name">
                <span>{nameOf(one)}</span>
                {one.current && <span className="badge is-good">{words.current}</span>}
              </p>
              <p className="access-facts">
                {[words.door[one.door], one.address, one.client].filter(Boolean).join(' · ')}
              </p>
              <p className="access-facts">
                {words.since(formatSince(one.connected_at, now))} · {words.follows(one.sessions)}
              </p>
            </div>
            {!one.current && (
              <Button
                size="small"
                aria-label={words.closeLabel(nameOf(one))}
                data-testid={testIds.connectionClose}
                onClick={() => setClosing(one)}
              >
                {words.close}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {closing && (
        <ConfirmDialog
          title={words.closeTitle(nameOf(closing))}
          note={words.closeNote}
          action={words.close}
          onConfirm={() => void close(closing)}
          onClose={() => setClosing(null)}
        />
      )}
    </section>
  );
}

const nameOf = ({ actor }: LiveConnection): string =>
  actor.name ?? (actor.kind === 'owner' ? words.owner : t.actor.unknown);
