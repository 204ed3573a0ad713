import type { SessionSummary } from '../../../main/protocol/views.ts';
import type { Client, Request } from '../../store/client.ts';
import { setDiffLayout } from '../../store/diff-layout.ts';
import { openFind } from '../../store/find.ts';
import { forkSession } from '../../store/fork-session.ts';
import { newSessionIn } from '../../store/new-session-form.ts';
import { goToWaiting } from '../../store/next-session.ts';
import { openWindow } from '../../store/open-window.ts';
import { askForTitle } from '../../store/rename-asked.ts';
import { go } from '../../store/route.ts';
import { saveSession } from '../../store/save-session.ts';
import { setSheet } from '../../store/sheet.ts';
import { setPanelTab, showPanel, togglePanel } from '../../store/side-panel.ts';
import { stopTurn } from '../../store/stop-turn.ts';
import { setTheme } from '../../store/theme.ts';
import { historySearch } from '../imports/history-search.ts';
import type { PaletteAction } from './palette-items.ts';

/** Does what was chosen. @param current - the open session; what is done to a session is done to it. @param typed - what stood in the field. */
export function doAction(client: Client, action: PaletteAction, current: SessionSummary | null, typed: string): void {
  setSheet(false);
  const ask = async (request: Request): Promise<void> => {
    const answer = await client.request(request);
    if (!answer.ok) client.report(answer.problem, current?.session_id);
  };
  switch (action.type) {
    case 'go':
      go(action.route);
      return;
    case 'new':
      newSessionIn(action.cwd);
      return;
    case 'theme':
      setTheme(action.theme);
      return;
    case 'diff':
      setDiffLayout(action.layout);
      return;
    case 'panel':
      if (action.tab === null) togglePanel();
      else {
        setPanelTab(action.tab);
        showPanel(true);
      }
      return;
    case 'next_waiting':
      goToWaiting(client);
      return;
    case 'window':
      void openWindow(client, action.sessionId);
      return;
    case 'search':
      historySearch.text = typed.trim();
      go({ name: 'history' });
      return;
  }
  if (current === null) return;
  const { session_id, turn_id } = current;
  switch (action.type) {
    case 'stop':
      if (turn_id !== null) void stopTurn(client, session_id, turn_id);
      return;
    case 'find':
      openFind(session_id);
      return;
    case 'rename':
      askForTitle(session_id);
      return;
    case 'fork':
      void forkSession(client, session_id, null);
      return;
    case 'archive':
    case 'unarchive':
      void ask({ type: 'archive_session', session_id, archived: action.type === 'archive' });
      return;
    case 'export':
      void saveSession(client, session_id, action.format);
      return;
    case 'switch':
      void ask({ type: 'set_provider', session_id, provider: action.provider });
  }
}
