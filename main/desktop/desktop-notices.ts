import { join } from 'node:path';
import { app, BrowserWindow, powerMonitor } from 'electron';
import type { Clock } from '../base/clock.ts';
import { homeFile } from '../home-file.ts';
import type { ApprovalId, SessionId } from '../protocol/ids.ts';
import type { PageCommand } from '../protocol/ipc.ts';
import { KeptNotices, type NoticeRequest } from '../protocol/notice-settings.ts';
import type { AskedRecord } from '../protocol/notice-text.ts';
import { noticeWords } from '../protocol/notice-words.ts';
import { defaultNotices, type NoticeState } from '../protocol/notices.ts';
import type { PageNote } from '../protocol/page-notes.ts';
import type { SessionSummary } from '../protocol/views.ts';
import { createNoticeSystem } from './notice-system.ts';
import { createNotices } from './notices.ts';
import { createSight } from './sight.ts';
import type { SpokenLanguage } from './spoken-language.ts';
import { bringToFront, type Windows } from './windows.ts';

export interface DesktopNoticesParts {
  running: {
    home: string;
    summaries(): SessionSummary[];
    onSummary(listener: (summary: SessionSummary) => void): void;
    redact(text: string): string;
  };
  /** Asks the hall as the person at this machine; null: refused. */
  ask(
    asked:
      | { type: 'approvals_list'; approval_id: ApprovalId; limit: number }
      | { type: 'approval_response'; session_id: SessionId; approval_id: ApprovalId; decision: 'allow_once' | 'deny' },
  ): Promise<unknown>;
  windows: Pick<Windows, 'of' | 'show'>;
  /** Tells the page of this window. */
  tell(contentsId: number, command: PageCommand): void;
  spoken: SpokenLanguage;
  clock: Pick<Clock, 'now'>;
  warn(line: string): void;
}

/** What the doors of the app need of its notifications. */
export interface DesktopNotices {
  /** A page told what it shows. */
  shows(contentsId: number, what: Extract<PageNote, { type: 'shows' }>): void;
  /** This page is gone. */
  gone(contentsId: number): void;
  /** How notifications are set; changes that, or shows one to try. */
  request(request: NoticeRequest): NoticeState;
  /** Shows a session, and a request in it, in the window that has it already, else in the one used last. */
  lead(session_id: SessionId, approval_id?: ApprovalId): void;
}

/** The notifications of the desktop app: what they are set to is kept in `notices.json` of the home, for this device alone. */
export function createDesktopNotices(parts: DesktopNoticesParts): DesktopNotices {
  const { running, ask, windows, tell, spoken, clock, warn } = parts;
  const file = homeFile(join(running.home, 'notices.json'), KeptNotices);
  let settings = file.read() ?? defaultNotices;
  const sight = createSight(() => BrowserWindow.getFocusedWindow()?.webContents.id ?? null);
  let locked = false;
  powerMonitor.on('lock-screen', () => {
    locked = true;
  });
  powerMonitor.on('unlock-screen', () => {
    locked = false;
  });
  // Windows shows notifications only of an app it knows by a name.
  if (process.platform === 'win32') app.setAppUserModelId('dev.quarterdeck.app');
  const system = createNoticeSystem(process.platform, warn);
  const lead = (session_id: SessionId, approval_id?: ApprovalId) => {
    const showing = sight.windowOf(session_id);
    const shown = showing === null ? null : windows.of(showing);
    if (shown) bringToFront(shown);
    const window = shown ?? windows.show();
    const request = approval_id === undefined ? {} : { approval_id };
    tell(window.webContents.id, { type: 'open_session', session_id, ...request });
  };
  const notices = createNotices(running.summaries(), {
    system,
    clock,
    settings: () => settings,
    words: () => noticeWords[spoken.language()],
    sight: sight.now,
    locked: () => locked,
    redact: running.redact,
    async request(approval_id) {
      const answer = await ask({ type: 'approvals_list', approval_id, limit: 1 });
      return (answer as { approvals: AskedRecord[] } | null)?.approvals[0] ?? null;
    },
    answer: async ({ session_id, approval_id }, decision) =>
      (await ask({ type: 'approval_response', session_id, approval_id, decision })) !== null,
    open: lead,
  });
  running.onSummary(notices.changed);
  app.on('browser-window-focus', notices.looked);
  app.on('will-quit', notices.close);
  return {
    shows(contentsId, what) {
      sight.shows(contentsId, what);
      notices.looked();
    },
    gone: sight.gone,
    request(request) {
      if (request.type === 'set') {
        settings = { ...settings, ...request.change };
        if (!file.write(settings))
          warn('What notifications are set to could not be kept; it counts until the app ends.');
      }
      if (request.type === 'test') notices.test();
      return { settings, supported: system.supported, actions: system.actions };
    },
    lead,
  };
}
