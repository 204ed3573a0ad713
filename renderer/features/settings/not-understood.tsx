import type { SessionId } from '../../../main/protocol/ids.ts';
import type { DoctorReport } from '../../../main/protocol/views.ts';
import { go } from '../../store/route.ts';
import { formatDateTime } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useProviders, useSessions } from '../../ui/client-context.ts';
import { Fold } from '../../ui/fold.tsx';

type Found = NonNullable<DoctorReport['not_understood']>;

/** What agents said that the app does not know, one line for each kind, with one original line of it. */
export function NotUnderstood({ found }: { found: Found }) {
  const words = t.diagnostics;
  return (
    <section className="not-understood">
      <h2>{words.notUnderstood}</h2>
      <p className="field-note">{found.length === 0 ? words.nothing : words.notUnderstoodNote}</p>
      {found.length > 0 && (
        <ul className="card-list">
          {found.map((one) => (
            <Kind key={`${one.provider} ${one.version} ${one.what}`} one={one} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Kind({ one }: { one: Found[number] }) {
  const words = t.diagnostics;
  const sessionId = one.session_id as SessionId;
  const isThere = useSessions((view) => view.byId.has(sessionId));
  const name = useProviders((view) => view.list.find(({ id }) => id === one.provider)?.name ?? one.provider);
  const facts = [name, one.version && words.version(one.version), words.times(one.count), formatDateTime(one.last_at)];
  return (
    <li className="kind-row" data-testid={testIds.notUnderstoodRow}>
      <p className="kind-what">
        <code>{one.what}</code>
        {isThere && (
          <Button size="small" variant="quiet" onClick={() => go({ name: 'session', sessionId })}>
            {words.open}
          </Button>
        )}
      </p>
      <p className="check-text">{facts.filter(Boolean).join(' · ')}</p>
      <Fold summary={words.sample}>{() => <pre className="mono-box">{one.sample}</pre>}</Fold>
    </li>
  );
}
