import { Archive, ArchiveRestore, Ellipsis, Mail, MailOpen, Pencil } from 'lucide-react';
import { memo, useState } from 'react';
import { useStore } from 'zustand';
import type { SessionSummary } from '../../../main/protocol/views.ts';
import { go } from '../../store/route.ts';
import { isUnread, markSeen, markUnread, seenStore } from '../../store/seen.ts';
import { setSheet } from '../../store/sheet.ts';
import { formatAgo } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useClient, useProviders } from '../../ui/client-context.ts';
import { Menu } from '../../ui/menu.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { useHasDraft } from '../composer/use-draft.ts';
import { ProviderMark } from '../providers/provider-mark.tsx';
import { GoalMark } from './goal-mark.tsx';
import { RenameField } from './rename-field.tsx';
import { useSessionActions } from './use-session-actions.ts';

export const SessionRow = memo(function SessionRow({ session, current }: SessionRowProps) {
  const client = useClient();
  const now = useNow('minute');
  const [renaming, setRenaming] = useState(false);
  const actions = useSessionActions(client, session.session_id);
  const mayNotChange = useWhyNot('sessions:write');
  const unread = useStore(seenStore, (view) => isUnread(view, session)) && !session.archived;
  const title = session.title || t.sidebar.untitled;
  // In the one that is open it can be seen.
  const hasDraft = useHasDraft(session.session_id) && !current;
  const row = (
    <button
      type="button"
      className="session-row-main"
      aria-current={current ? 'page' : undefined}
      data-testid={testIds.sessionItem}
      data-session-id={session.session_id}
      data-status={session.status}
      onClick={() => {
        go({ name: 'session', sessionId: session.session_id });
        setSheet(false);
      }}
      onDoubleClick={() => setRenaming(mayNotChange === null)}
    >
      <StatusDot status={session.status} />
      <span className="session-row-title">{title}</span>
      <span className="session-row-time">
        {unread && (
          <span className="session-row-unread" data-testid={testIds.sessionUnread}>
            <span className="visually-hidden">{t.inbox.unread}</span>
          </span>
        )}
        {session.goal && <GoalMark goal={session.goal} />}
        {formatAgo(session.updated_at, now)}
      </span>
      <span className="session-row-preview">
        <AgentInitial id={session.provider} />
        {hasDraft && <span className="session-row-draft">{t.sidebar.draft} · </span>}
        {session.status === 'idle' ? plainPreview(session.preview) : <StatusText session={session} />}
      </span>
    </button>
  );
  return (
    <li className={`session-row is-${session.status} ${unread ? 'is-unread' : ''}`}>
      {renaming ? (
        <RenameField
          title={title}
          onDone={(next) => {
            setRenaming(false);
            if (next !== null) void actions.rename(next);
          }}
        />
      ) : (
        row
      )}
      {!renaming && (
        <Menu
          label={t.sidebar.sessionMenu(title)}
          trigger={<Ellipsis size={16} aria-hidden />}
          triggerClass="icon-button icon-button-small session-row-menu"
          testId={testIds.sessionMenu}
          items={[
            {
              id: 'rename',
              label: t.sidebar.rename,
              icon: <Pencil size={15} aria-hidden />,
              testId: testIds.sessionRename,
              note: mayNotChange ?? undefined,
              disabled: mayNotChange !== null,
              onSelect: () => setRenaming(true),
            },
            {
              id: 'unread',
              label: unread ? t.inbox.markRead : t.inbox.markUnread,
              icon: unread ? <MailOpen size={15} aria-hidden /> : <Mail size={15} aria-hidden />,
              testId: testIds.sessionMarkUnread,
              onSelect: () => (unread ? markSeen(session.session_id, session.seq) : markUnread(session.session_id)),
            },
            {
              id: 'archive',
              label: session.archived ? t.sidebar.unarchive : t.sidebar.archive,
              icon: session.archived ? <ArchiveRestore size={15} aria-hidden /> : <Archive size={15} aria-hidden />,
              testId: testIds.sessionArchive,
              note: mayNotChange ?? undefined,
              disabled: mayNotChange !== null,
              onSelect: () => void actions.archive(!session.archived),
            },
          ]}
        />
      )}
    </li>
  );
});

interface SessionRowProps {
  session: SessionSummary;
  current: boolean;
}

/** The beginning of what was said, without the marks of Markdown. */
function plainPreview(preview: string): string {
  return preview.replace(/[*`]+|^[#>\s-]+/g, '');
}

function StatusText({ session }: { session: SessionSummary }) {
  return (
    <>
      <span className={`session-row-status status-text-${session.status}`}>{t.status[session.status]}</span>
      {session.preview && session.status !== 'waiting' && ` · ${plainPreview(session.preview)}`}
    </>
  );
}

/** Which agent the session is with, by its first letters. */
function AgentInitial({ id }: { id: string }) {
  const name = useProviders((view) => view.list.find((one) => one.id === id)?.name ?? id);
  return (
    <span className="agent-initial" role="img" aria-label={name} title={name}>
      <ProviderMark id={id} name={name} />
    </span>
  );
}
