import { useMemo } from 'react';
import type { ApprovalRecord } from '../../../main/protocol/views.ts';
import { go } from '../../store/route.ts';
import { baseName, formatDateTime, formatSince } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useProviders, useSessions } from '../../ui/client-context.ts';
import { useNow } from '../../ui/use-now.ts';
import { RequestCard } from '../approvals/request-card.tsx';
import { SessionContext } from '../conversation/session-context.ts';
import { ProviderMark } from '../providers/provider-mark.tsx';
import { approvalOf, scopeOf } from './approval-of.ts';

/** One request with the session it comes from, answered in place with the very card of the conversation. */
export function InboxRequest({ record }: { record: ApprovalRecord }) {
  const mode = useSessions((view) => view.byId.get(record.session_id)?.mode ?? 'ask');
  const now = useNow('minute');
  const scope = useMemo(() => ({ sessionId: record.session_id, ...scopeOf(record, mode) }), [record, mode]);
  const approval = useMemo(() => approvalOf(record), [record]);
  const agent = useProviders((view) => view.list.find((one) => one.id === record.provider)?.name ?? record.provider);
  const title = record.session_title || t.sidebar.untitled;
  return (
    <li className="inbox-entry" data-testid={testIds.inboxRequest} data-approval-id={record.approval_id}>
      <p className="inbox-from">
        <ProviderMark id={record.provider} name={agent} />
        <button
          type="button"
          className="link-button inbox-session"
          title={t.inbox.open(title)}
          data-testid={testIds.inboxOpen}
          onClick={() => go({ name: 'session', sessionId: record.session_id })}
        >
          <bdi>{title}</bdi>
        </button>
        <span className="inbox-where">
          <bdi>{baseName(record.cwd)}</bdi>
        </span>
        <time dateTime={new Date(record.ts).toISOString()} title={formatDateTime(record.ts)}>
          {formatSince(record.ts, now)}
        </time>
      </p>
      <SessionContext value={scope}>
        <RequestCard approval={approval} />
      </SessionContext>
    </li>
  );
}
