import { ChevronRight, Plus } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { SessionId } from '../../../main/protocol/ids.ts';
import { collapsedFolders, foldFolder } from '../../store/collapsed-folders.ts';
import { type SessionGroup, shownOf } from '../../store/group-sessions.ts';
import { newSessionIn } from '../../store/new-session-form.ts';
import { setSheet } from '../../store/sheet.ts';
import { baseName, shortPath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { IconButton } from '../../ui/button.tsx';
import { useHomeFolder } from '../../ui/home-folder.ts';
import { SessionRow } from './session-row.tsx';

/**
 * Rows of a folder that are drawn at first, besides those in which something goes on: what is old does not push what lives in the next folder off
 * the screen.
 */
const few = 6;
/** Rows that each press brings besides, and that a search shows at first: a thousand sessions cost what these cost. */
const step = 40;

interface SessionFolderProps {
  group: SessionGroup;
  open: SessionId | null;
  searched: boolean;
}

export function SessionFolder({ group: { cwd, sessions }, open, searched }: SessionFolderProps) {
  const home = useHomeFolder();
  const keptFolded = useStore(collapsedFolders, (folders) => folders.has(cwd));
  // A search looks into every folder; what is folded while it shows its hits is forgotten with it.
  const [foldedHits, setFoldedHits] = useState(false);
  if (foldedHits && !searched) setFoldedHits(false);
  const folded = searched ? foldedHits : keptFolded;
  const [more, setMore] = useState(0);
  const shown = shownOf(sessions, (searched ? step : few) + more, open);
  const name = baseName(cwd);
  return (
    <section className="session-group">
      <header className="session-group-head">
        <h2 title={shortPath(cwd, home)}>
          <button
            type="button"
            className="folder-fold"
            aria-expanded={!folded}
            data-testid={testIds.folderFold}
            onClick={() => (searched ? setFoldedHits(!folded) : foldFolder(cwd, !folded))}
          >
            <ChevronRight size={13} aria-hidden className="folder-chevron" />
            <span>{name}</span>
          </button>
        </h2>
        {folded && <FoldedCounts sessions={sessions} />}
        <IconButton
          label={t.sidebar.newInFolder(name)}
          className="icon-button-small reveal"
          onClick={() => {
            newSessionIn(cwd);
            setSheet(false);
          }}
        >
          <Plus size={14} aria-hidden />
        </IconButton>
      </header>
      {!folded && (
        <ul>
          {shown.map((session) => (
            <SessionRow key={session.session_id} session={session} current={session.session_id === open} />
          ))}
        </ul>
      )}
      {!folded && shown.length < sessions.length && (
        <button
          type="button"
          className="archived-toggle"
          data-testid={testIds.folderMore}
          onClick={() => setMore(more + step)}
        >
          {t.sidebar.more(sessions.length - shown.length)}
        </button>
      )}
    </section>
  );
}

/** What a folded folder holds: nothing that waits or runs is hidden by folding it. */
function FoldedCounts({ sessions }: Pick<SessionGroup, 'sessions'>) {
  const waiting = sessions.filter((one) => one.status === 'waiting').length;
  const running = sessions.filter((one) => one.status === 'running').length;
  return (
    <span className={`folder-counts ${waiting > 0 ? 'is-waiting' : ''}`}>
      {waiting > 0
        ? t.sidebar.waitingIn(waiting)
        : running > 0
          ? t.sidebar.runningIn(running)
          : t.sidebar.sessionsIn(sessions.length)}
    </span>
  );
}
