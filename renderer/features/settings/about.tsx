import type { ServerStatus } from '../../../main/protocol/views.ts';
import { formatDateTime } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { useConnection } from '../../ui/client-context.ts';
import { Logo } from '../../ui/logo.tsx';
import { actorName } from '../conversation/actor-name.ts';
import { useQuery } from './use-query.ts';

export function About() {
  const welcome = useConnection((view) => view.welcome);
  const { value: status } = useQuery<ServerStatus>('status');
  const words = t.settings.about;
  const facts: [string, string | number | null | undefined][] = [
    [words.version, welcome?.version],
    [words.protocol, welcome?.protocol],
    [words.platform, welcome?.platform],
    [words.connection, welcome && `${actorName(welcome.actor)} (${t.actor.via[welcome.actor.via]})`],
    [words.composition, status?.composition],
    [words.url, status?.url],
    [words.since, status && formatDateTime(status.started_at)],
    [words.sessions, status?.sessions],
    [words.running, status?.running_turns],
    [words.connections, status?.connections],
  ];
  return (
    <>
      <div className="about-head">
        <Logo size={40} />
        <div>
          <h2>{t.app.name}</h2>
          <p className="field-note">{words.note}</p>
        </div>
      </div>
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== null && value !== undefined)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}
