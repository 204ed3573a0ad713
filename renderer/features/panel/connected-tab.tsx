import { MonitorSmartphone } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { LiveConnection } from '../../../main/protocol/gateway.ts';
import { formatSince } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useAccess, useClient } from '../../ui/client-context.ts';
import { useNow } from '../../ui/use-now.ts';
import { useSession } from '../conversation/session-context.ts';
import { QueryProblem } from '../settings/query-problem.tsx';

/** Who follows this session now, and who else is connected to the app. */
export function ConnectedTab() {
  const client = useClient();
  const { sessionId } = useSession();
  const [list, setList] = useState<readonly LiveConnection[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const reload = useCallback(async () => {
    const answer = await client.request<{ connections: LiveConnection[] }>({
      type: 'connections_list',
      session_id: sessionId,
    });
    if (answer.ok) setList(answer.value.connections);
    setProblem(answer.ok ? null : answer.problem);
  }, [client, sessionId]);
  const changes = useAccess((view) => view.changes.connections + view.changes.devices);
  // Who opens which session is not told by itself; a minute is as old as it gets.
  const now = useNow('minute');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another count, and another minute, is another question
  useEffect(() => void reload(), [reload, changes, now]);
  const here = list?.filter((one) => one.follows) ?? [];
  const others = list?.filter((one) => !one.follows) ?? [];
  return (
    <div className="panel-scroll">
      {problem && <QueryProblem problem={problem} onRetry={() => void reload()} />}
      {!list && !problem && <p className="meter-note">{t.common.loading}</p>}
      <People title={t.panel.here} list={here} now={now} />
      <People title={t.panel.others} list={others} now={now} />
    </div>
  );
}

function People({ title, list, now }: { title: string; list: readonly LiveConnection[]; now: number }) {
  if (list.length === 0) return null;
  return (
    <section className="panel-people">
      <h3>{title}</h3>
      <ul>
        {list.map((one) => (
          <li key={one.connection_id} data-testid={testIds.connectionRow}>
            <MonitorSmartphone size={16} aria-hidden />
            <div className="access-text">
              <p className="access-name">
                <span>
                  {one.actor.name ?? (one.actor.kind === 'owner' ? t.gateway.connections.owner : t.actor.unknown)}
                </span>
                {one.current && <span className="badge is-good">{t.gateway.connections.current}</span>}
              </p>
              <p className="access-facts">
                {[
                  t.gateway.connections.door[one.door],
                  one.address,
                  t.gateway.connections.since(formatSince(one.connected_at, now)),
                ].join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
