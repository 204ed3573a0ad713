import type { ServerStatus } from '../../../main/protocol/views.ts';
import { formatDateTime } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { useConnection } from '../../ui/client-context.ts';
import { Logo } from '../../ui/logo.tsx';
import { actorName } from '../conversation/actor-name.ts';
import { Licences } from './licences.tsx';
import { useQuery } from './use-query.ts';

export function About() {
  const welcome = useConnection((view) => view.welcome);
  const { value: status } = useQuery<ServerStatus>('status');
  const words = t.settings.about;
  const facts: [string, string | number | null | undefined][] = [
    [words.version, welcome?.version],
    ...runtimes(status),
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
      <Licences />
    </>
  );
}

/** What the app runs in, and this page: a window knows its Chromium exactly, a browser what it says of itself. */
function runtimes(status: ServerStatus | null): [string, string | undefined][] {
  const versions = status?.versions ?? {};
  const browser = /(?:Chrome|Firefox|Version)\/([\d.]+)/
    .exec(navigator.userAgent)?.[0]
    ?.replace('/', ' ')
    .replace('Version', 'Safari');
  return [
    ['Electron', versions.electron],
    ['Node.js', versions.node],
    ['Chromium', versions.chrome],
    [t.licences.browser, versions.chrome ? undefined : browser],
  ];
}
