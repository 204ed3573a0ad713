import type { DiskUse } from '../../../main/protocol/data.ts';
import { go } from '../../store/route.ts';
import { formatBytes } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { QueryProblem } from '../settings/query-problem.tsx';
import { useQuery } from '../settings/use-query.ts';

const kinds = ['database', 'attachments', 'backups', 'vault', 'logs', 'other'] as const;

/** What the folder takes, by what stands in it, and by the largest sessions. */
export function DiskSpace() {
  const { value: use, problem, reload } = useQuery<DiskUse>('disk_use');
  const words = t.data.disk;
  return (
    <section className="card" aria-labelledby="disk-title" data-testid={testIds.diskUse}>
      <header className="section-head">
        <h2 id="disk-title">{words.title}</h2>
        {use && <span className="field-note">{words.total(formatBytes(use.total))}</span>}
      </header>
      {!use && !problem && <p className="field-note">{words.measure}</p>}
      {problem && <QueryProblem problem={problem} onRetry={() => void reload()} />}
      {use && (
        <>
          <div className="disk-bar" aria-hidden>
            {kinds.map((kind) => (
              <span key={kind} data-kind={kind} style={{ flexGrow: use[kind] }} />
            ))}
          </div>
          <dl className="disk-kinds">
            {kinds.map((kind) => (
              <div key={kind} data-kind={kind}>
                <dt>{words.kinds[kind]}</dt>
                <dd>{formatBytes(use[kind])}</dd>
              </div>
            ))}
          </dl>
          {use.unused > 1_048_576 && <p className="field-note">{words.unused(formatBytes(use.unused))}</p>}
          <h3>{words.largest}</h3>
          {use.sessions.length === 0 && <p className="field-note">{words.none}</p>}
          <ul className="disk-sessions">
            {use.sessions.map(({ session_id, title, archived, bytes, events }) => (
              <li key={session_id}>
                <button type="button" onClick={() => go({ name: 'session', sessionId: session_id })}>
                  <span className="disk-title" dir="auto">
                    {title || t.sidebar.untitled}
                  </span>
                  <span className="field-note">
                    {[words.events(events), archived && words.archived].filter(Boolean).join(' · ')}
                  </span>
                  <span className="disk-size">{formatBytes(bytes)}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
