import {
  Archive,
  ArchiveRestore,
  Copy,
  CornerUpLeft,
  Download,
  Ellipsis,
  FolderClosed,
  GitFork,
  Pencil,
  TextSearch,
} from 'lucide-react';
import { useStore } from 'zustand';
import { exportFormats } from '../../../main/export/events.ts';
import { openFind } from '../../store/find.ts';
import { forkSession } from '../../store/fork-session.ts';
import { askForTitle, renameAsked } from '../../store/rename-asked.ts';
import { go } from '../../store/route.ts';
import { saveSession } from '../../store/save-session.ts';
import { baseName, shortPath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useClient, useSessions } from '../../ui/client-context.ts';
import { copyText } from '../../ui/copy-button.tsx';
import { useHomeFolder } from '../../ui/home-folder.ts';
import { Menu } from '../../ui/menu.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { OpenSidebar } from '../sidebar/open-sidebar.tsx';
import { RenameField } from '../sidebar/rename-field.tsx';
import { useSessionActions } from '../sidebar/use-session-actions.ts';
import { PanelButton } from './panel-button.tsx';
import { useSession, useTranscript } from './session-context.ts';
import { SessionRules } from './session-rules.tsx';

export function ConversationHeader() {
  const client = useClient();
  const { sessionId } = useSession();
  const home = useHomeFolder();
  const meta = useTranscript((view) => view.meta);
  const summary = useSessions((view) => view.byId.get(sessionId) ?? null);
  const origin = meta?.origin;
  const from = useSessions((view) => (origin?.kind === 'fork' ? view.byId.get(origin.session_id) : undefined));
  const renaming = useStore(renameAsked, (asked) => asked.sessionId === sessionId);
  const setRenaming = (asked: boolean): void => askForTitle(asked ? sessionId : null);
  const actions = useSessionActions(client, sessionId);
  const mayNotChange = useWhyNot('sessions:write');
  const mayNotFork = useWhyNot('chat', 'sessions:read');
  // A session without a title of its own is called by what was said first; only the list derives that.
  const title = meta?.title || summary?.title || (meta || summary ? t.sidebar.untitled : '');
  const cwd = meta?.cwd ?? summary?.cwd ?? '';
  const archived = meta?.archived ?? false;
  return (
    <header className="pane-header">
      <OpenSidebar />
      <div className="pane-title">
        {renaming ? (
          <RenameField
            title={title}
            onDone={(next) => {
              setRenaming(false);
              if (next !== null) void actions.rename(next);
            }}
          />
        ) : (
          <h1>
            <button
              type="button"
              className="title-button"
              title={mayNotChange ?? t.conversation.rename}
              data-testid={testIds.sessionTitle}
              disabled={mayNotChange !== null}
              onClick={() => setRenaming(true)}
            >
              <StatusDot status={summary?.status ?? 'idle'} />
              <span dir="auto">{title}</span>
            </button>
          </h1>
        )}
        {cwd ? (
          <span key="folder" className="pane-folder" title={cwd}>
            <FolderClosed size={13} aria-hidden />
            <span className="wide-only">{shortPath(cwd, home)}</span>
            <span className="phone-only">{baseName(cwd)}</span>
          </span>
        ) : (
          // Its line is there before it is known, so that the title stays where it is.
          <span key="coming" className="pane-folder" aria-hidden>
            {'\u00a0'}
          </span>
        )}
      </div>
      <SessionRules />
      <PanelButton />
      <Menu
        label={t.conversation.menu}
        trigger={<Ellipsis size={18} aria-hidden />}
        items={[
          {
            id: 'find',
            label: t.find.label,
            icon: <TextSearch size={15} aria-hidden />,
            testId: testIds.findOpen,
            onSelect: () => openFind(sessionId),
          },
          {
            id: 'rename',
            label: t.sidebar.rename,
            icon: <Pencil size={15} aria-hidden />,
            note: mayNotChange ?? undefined,
            disabled: mayNotChange !== null,
            onSelect: () => setRenaming(true),
          },
          {
            id: 'fork',
            label: t.history.forkAll,
            icon: <GitFork size={15} aria-hidden />,
            note: mayNotFork ?? undefined,
            disabled: mayNotFork !== null,
            onSelect: () => void forkSession(client, sessionId, null),
          },
          ...(origin?.kind === 'fork'
            ? [
                {
                  id: 'origin',
                  label: t.history.openOrigin,
                  note: from?.title,
                  icon: <CornerUpLeft size={15} aria-hidden />,
                  onSelect: () => go({ name: 'session', sessionId: origin.session_id }),
                },
              ]
            : []),
          ...exportFormats.map((format) => ({
            id: `export-${format}`,
            label: t.exporting.as[format],
            icon: <Download size={15} aria-hidden />,
            testId: testIds.exportSession(format),
            onSelect: () => void saveSession(client, sessionId, format),
          })),
          {
            id: 'folder',
            label: t.conversation.copyFolder,
            icon: <Copy size={15} aria-hidden />,
            onSelect: () => void copyText(cwd),
          },
          {
            id: 'id',
            label: t.conversation.copyId,
            icon: <Copy size={15} aria-hidden />,
            onSelect: () => void copyText(sessionId),
          },
          {
            id: 'archive',
            label: archived ? t.sidebar.unarchive : t.sidebar.archive,
            icon: archived ? <ArchiveRestore size={15} aria-hidden /> : <Archive size={15} aria-hidden />,
            note: mayNotChange ?? undefined,
            disabled: mayNotChange !== null,
            onSelect: () => void actions.archive(!archived),
          },
        ]}
      />
    </header>
  );
}
