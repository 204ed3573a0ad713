import { CircleAlert, Flag, OctagonPause, PlugZap } from 'lucide-react';
import type { ReactNode } from 'react';
import { go, type Route } from '../../store/route.ts';
import { formatSince } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { reasonOf, told } from '../../strings/said.ts';
import { testIds } from '../../test-ids.ts';
import { useNow } from '../../ui/use-now.ts';
import type { Attention } from './attention.ts';

const icons = { failed: CircleAlert, interrupted: OctagonPause, goal_blocked: Flag, provider: PlugZap } as const;

/** What is stuck without having asked. Each leads to where it can be mended. */
export function AttentionList({ list }: { list: readonly Attention[] }) {
  const now = useNow('minute');
  if (list.length === 0) return null;
  return (
    <section className="inbox-part">
      <h2>{t.inbox.attention}</h2>
      <ul className="inbox-attention">
        {list.map((one) =>
          one.kind === 'provider' ? (
            <Row
              key={one.provider.id}
              kind={one.kind}
              to={{ name: 'settings', tab: 'providers' }}
              title={one.provider.name}
              text={one.provider.problem ? told(one.provider.problem).message : t.inbox.provider}
              note={t.inbox.sessions(one.sessions)}
            />
          ) : (
            <Row
              key={one.session.session_id}
              kind={one.kind}
              to={{ name: 'session', sessionId: one.session.session_id }}
              title={one.session.title || t.sidebar.untitled}
              text={
                one.kind === 'goal_blocked'
                  ? (reasonOf(one.session.goal) ?? t.inbox.goal_blocked)
                  : one.kind === 'failed' && one.session.failure
                    ? told(one.session.failure).message
                    : t.inbox[one.kind]
              }
              note={formatSince(one.session.updated_at, now)}
            />
          ),
        )}
      </ul>
    </section>
  );
}

function Row({
  kind,
  to,
  title,
  text,
  note,
}: {
  kind: Attention['kind'];
  to: Route;
  title: string;
  text: string;
  note: ReactNode;
}) {
  const Icon = icons[kind];
  return (
    <li>
      <button
        type="button"
        className="inbox-row"
        data-testid={testIds.inboxAttention}
        data-kind={kind}
        onClick={() => go(to)}
      >
        <Icon size={16} aria-hidden className={`inbox-icon is-${kind}`} />
        <span className="inbox-row-title">
          <bdi>{title}</bdi>
        </span>
        <span className="inbox-row-note">{note}</span>
        <span className="inbox-row-text">{text}</span>
      </button>
    </li>
  );
}
