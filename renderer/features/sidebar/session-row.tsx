import { AppWindow, Archive, ArchiveRestore, Ellipsis, GitFork, Hand, Mail, MailOpen, Pencil } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { SessionId } from '../../../main/protocol/ids.ts';
import type { SessionSummary } from '../../../main/protocol/views.ts';
import { openWindow } from '../../store/open-window.ts';
import { go } from '../../store/route.ts';
import { isUnread, seenStore } from '../../store/seen.ts';
import { setSheet } from '../../store/sheet.ts';
import { formatAgo } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { told } from '../../strings/said.ts';
import { testIds } from '../../test-ids.ts';
import { useClient, useProviders, useSessions } from '../../ui/client-context.ts';
import { Menu } from '../../ui/menu.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useSwipe } from '../../ui/use-swipe.ts';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { useHasDraft } from '../composer/use-draft.ts';
import { ProviderMark } from '../providers/provider-mark.tsx';
import { ActivityLine, nameOf } from './activity-line.tsx';
import { GoalMark } from './goal-mark.tsx';
import { RenameField } from './rename-field.tsx';
import { SwipeHint, slideRow } from './swipe-hint.tsx';
import { useSessionActions } from './use-session-actions.ts';

export const SessionRow = memo(function SessionRow({ session, current }: SessionRowProps) {
  const client = useClient();
  const now = useNow('minute');
  const [renaming, setRenaming] = useState(false);
  const actions = useSessionActions(client, session.session_id);
  const mayNotChange = useWhyNot('sessions:write');
  const unread = useStore(seenStore, (view) => isUnread(view, session)) && !session.archived;
  const title = session.title || t.sidebar.untitled;
  const line = useRef<HTMLLIElement>(null);
  useSwipe(line, {
    onMove: (by) => line.current && slideRow(line.current, by),
    onSwipe: (way) => {
      if (way === 'end') actions.setUnread(!unread);
      else if (mayNotChange === null) void actions.archive(!session.archived);
    },
  });
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
      <span className="session-row-title" dir="auto">
        {session.forked_from && <ForkMark source={session.forked_from} />}
        {title}
      </span>
      <span className="session-row-time">
        {unread && (
          <span className="session-row-unread" data-testid={testIds.sessionUnread}>
            <span className="visually-hidden">{t.inbox.unread}</span>
          </span>
        )}
        {session.goal && <GoalMark goal={session.goal} />}
        {/* A turn that runs tells for how long, in the line below. */}
        {session.status !== 'running' && formatAgo(session.updated_at, now)}
      </span>
      <span className="session-row-preview">
        <AgentInitial id={session.provider} />
        {hasDraft && <span className="session-row-draft">{t.sidebar.draft} ·</span>}
        {session.status === 'running' ? (
          <ActivityLine session={session} />
        ) : session.status === 'idle' ? (
          <Words session={session} />
        ) : (
          <StatusText session={session} />
        )}
      </span>
    </button>
  );
  return (
    <li ref={line} className={`session-row is-${session.status} ${unread ? 'is-unread' : ''}`}>
      <SwipeHint unread={unread} archived={session.archived} />
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
            ...(client.bridge.openWindow
              ? [
                  {
                    id: 'window',
                    label: t.desktop.openInWindow,
                    icon: <AppWindow size={15} aria-hidden />,
                    testId: testIds.sessionOpenWindow,
                    onSelect: () => void openWindow(client, session.session_id),
                  },
                ]
              : []),
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
              onSelect: () => actions.setUnread(!unread),
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

/** How it stands, and why: what is asked, what failed, or else what was said last. */
function StatusText({ session }: { session: SessionSummary }) {
  const { asks, failure, preview, status } = session;
  if (status === 'waiting' && asks) return <Asked what={nameOf(asks)} />;
  const why = status === 'failed' && failure ? told(failure).message : null;
  return (
    <>
      <span className={`session-row-status status-text-${status}`}>{t.status[status]}</span>
      {(why || preview) && status !== 'waiting' && <span aria-hidden>·</span>}
      {why ? <Why words={why} /> : status !== 'waiting' && <Words session={session} />}
    </>
  );
}

/** What waits for an answer. The raised hand says that it waits, so that the narrow row has room for the command, the file or the question. */
function Asked({ what }: { what: string }) {
  return (
    <>
      <Hand size={12} aria-hidden className="status-text-waiting" />
      <span className="visually-hidden">{t.status.waiting}: </span>
      <Why words={what} className="status-text-waiting" />
    </>
  );
}

function Why({ words, className = '' }: { words: string; className?: string }) {
  return (
    <span className={`session-row-words ${className}`} dir="auto" title={words} data-testid={testIds.sessionWhy}>
      {words}
    </span>
  );
}

/** What was said last, in its own direction and cut off at its end. */
function Words({ session }: { session: SessionSummary }) {
  return (
    <span className="session-row-words" dir="auto">
      {plainPreview(session.preview)}
    </span>
  );
}

/** A branch is told from what it was branched from. */
function ForkMark({ source }: { source: SessionId }) {
  const from = useSessions((view) => view.byId.get(source));
  const words = from ? t.sidebar.fork(from.title || t.sidebar.untitled) : t.sidebar.forkOfGone;
  return (
    <span className="session-row-fork" role="img" aria-label={words} title={words} data-testid={testIds.sessionFork}>
      <GitFork size={13} aria-hidden />
    </span>
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
