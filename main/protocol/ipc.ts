import type { DesktopAnswer, DesktopChange } from './desktop.ts';
import type { NoticeRequest } from './notice-settings.ts';
import type { NoticeState } from './notices.ts';
import type { PageNote } from './page-notes.ts';

/**
 * What crosses between the window and main. The window speaks the same frames as every other client, as JSON text: one connection per window,
 * opened by `hello`, so that there is one hall behind all doors.
 */
export const channels = {
  /** window -> main: opens (or opens anew) this window's connection. */
  hello: 'quarterdeck:hello',
  /** window -> main: one ClientFrame, as JSON text. */
  toMain: 'quarterdeck:frame',
  /** main -> window: one ServerFrame, as JSON text. */
  toWindow: 'quarterdeck:frame',
  /** main -> window: one PageCommand. */
  command: 'quarterdeck:command',
  /** window -> main: one PageNote. */
  note: 'quarterdeck:note',
  /** window -> main, answered with a NoticeState: one NoticeRequest. */
  notices: 'quarterdeck:notices',
  /** window -> main, answered with a path or null: the system's folder dialog. */
  chooseFolder: 'quarterdeck:choose-folder',
  /** window -> main, answered with a path or null: the system's dialog for one file. */
  chooseFile: 'quarterdeck:choose-file',
  /** window -> main, answered with whether it was opened: one of our own folders, by its name. */
  openPlace: 'quarterdeck:open-place',
  /** window -> main: opens an http(s) or mailto link outside, after a look at the scheme. */
  openExternal: 'quarterdeck:open-external',
  /** window -> main, answered with whether it was opened: one more window, for a session or (null) for a new one. */
  openWindow: 'quarterdeck:open-window',
  /** window -> main, answered with a DesktopAnswer: changes how the app stands on this machine, or only asks. */
  desktop: 'quarterdeck:desktop',
} as const;

/** Folders of this installation that a page may have opened: never a path of its own. */
export const places = ['home', 'backups', 'logs'] as const;
export type Place = (typeof places)[number];

/** What the menu, a link or a later start asks of the page. None of these sends anything to an agent. */
export type PageCommand =
  /** What the key of this name does (renderer/store/shortcuts.ts). */
  | {
      readonly type: 'shortcut';
      readonly id:
        | 'palette'
        | 'newSession'
        | 'inbox'
        | 'settings'
        | 'previousSession'
        | 'nextSession'
        | 'nextWaiting'
        | 'focusComposer'
        | 'focusConversation'
        | 'find'
        | 'toggleSidebar'
        | 'togglePanel';
    }
  | { readonly type: 'settings'; readonly tab: 'shortcuts' | 'diagnostics' | 'about' }
  /** `approval_id`: the request in it that is meant. */
  | { readonly type: 'open_session'; readonly session_id: string; readonly approval_id?: string }
  /** `text`: a draft. */
  | { readonly type: 'new_session'; readonly cwd?: string; readonly text?: string };

/** The one object the preload script puts on `window`. */
export interface QuarterdeckBridge {
  hello(): void;
  send(frame: string): void;
  /** Whoever listens can leave: the answer removes the listener. */
  onFrame(listener: (frame: string) => void): () => void;
  /** Commands of the menu and of links; what was told before the first hello comes after it. The answer removes the listener. */
  onCommand(listener: (command: PageCommand) => void): () => void;
  /** Tells something of the page itself. */
  note(note: PageNote): void;
  notices(request: NoticeRequest): Promise<NoticeState>;
  chooseFolder(): Promise<string | null>;
  chooseFile(): Promise<string | null>;
  openPlace(place: Place): Promise<boolean>;
  openExternal(url: string): Promise<boolean>;
  /** @param sessionId - what it shows; null: the form of a new session. False: there are as many windows as there may be. */
  openWindow(sessionId: string | null): Promise<boolean>;
  /** @param change - null: only asks. */
  desktop(change: DesktopChange | null): Promise<DesktopAnswer>;
  /** The path of a `File` that a person dropped, which may be a folder; empty: it is none on the disk. */
  pathOf(dropped: object): string;
  readonly platform: string;
}

/** The name of that object: `window.quarterdeck`. */
export const bridgeName = 'quarterdeck';
