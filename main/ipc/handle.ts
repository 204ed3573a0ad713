import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { type DesktopAnswer, DesktopChange } from '../protocol/desktop.ts';
import { SessionId } from '../protocol/ids.ts';
import { channels } from '../protocol/ipc.ts';
import { NoticeRequest } from '../protocol/notice-settings.ts';
import type { NoticeState } from '../protocol/notices.ts';
import { PageNote } from '../protocol/page-notes.ts';
import { refusedSender } from './sender.ts';
import type { WindowConnections } from './window-connections.ts';

export interface IpcDoor {
  connections: WindowConnections;
  /** The page of this window said hello: it listens. */
  helloHeard?(contents: IpcMainEvent['sender']): void;
  /** The page of this window told something of itself. */
  noteHeard?(contents: IpcMainEvent['sender'], note: PageNote): void;
  /** How the system's notifications are set. */
  notices(request: NoticeRequest): NoticeState;
  isOurWindow(contentsId: number): boolean;
  isOwnPage(url: string): boolean;
  /** The system's folder dialog; null when it was left without a choice. */
  chooseFolder(contentsId: number): Promise<string | null>;
  /** Opens a link outside; false when its scheme is refused. */
  openExternal(url: string): Promise<boolean>;
  /** Opens one more window, for a session or (null) for a new one; false when there are too many. */
  openWindow(sessionId: SessionId | null): boolean;
  /** Changes how the app stands on this machine; null: only asks. */
  desktop(change: DesktopChange | null): DesktopAnswer;
  /** Hears about messages that were refused, for the log. */
  refused(line: string): void;
}

/**
 * Registers every channel a window may use. Each message is asked "our frame?" and "our shape?" before anything happens; a refused one has
 * no effect, and an invoke is rejected. Nothing else in the app listens to IPC.
 */
export function registerIpc(ipcMain: Pick<IpcMain, 'on' | 'handle'>, door: IpcDoor): void {
  const admitted = (channel: string, event: IpcMainEvent | IpcMainInvokeEvent, shapely: boolean): boolean => {
    const reason = refusedSender(event, door) ?? (shapely ? null : 'wrong shape');
    if (reason !== null) door.refused(`Refused a message on ${channel}: ${reason}.`);
    return reason === null;
  };

  ipcMain.on(channels.hello, (event, ...args) => {
    if (!admitted(channels.hello, event, args.length === 0)) return;
    door.connections.hello(event.sender);
    door.helloHeard?.(event.sender);
  });
  ipcMain.on(channels.toMain, (event, ...args) => {
    const frame: unknown = args[0];
    const shapely = args.length === 1 && typeof frame === 'string';
    if (admitted(channels.toMain, event, shapely) && typeof frame === 'string')
      door.connections.receive(event.sender, frame);
  });
  ipcMain.on(channels.note, (event, ...args) => {
    const note = PageNote.safeParse(args[0]);
    const shapely = args.length === 1 && note.success;
    if (admitted(channels.note, event, shapely) && note.success) door.noteHeard?.(event.sender, note.data);
  });
  ipcMain.handle(channels.notices, (event, ...args) => {
    const request = NoticeRequest.safeParse(args[0]);
    const shapely = args.length === 1 && request.success;
    if (!admitted(channels.notices, event, shapely) || !request.success) throw new Error('refused');
    return door.notices(request.data);
  });
  ipcMain.handle(channels.chooseFolder, (event, ...args) => {
    if (!admitted(channels.chooseFolder, event, args.length === 0)) throw new Error('refused');
    return door.chooseFolder(event.sender.id);
  });
  ipcMain.handle(channels.openExternal, (event, ...args) => {
    const url: unknown = args[0];
    const shapely = args.length === 1 && typeof url === 'string';
    if (!admitted(channels.openExternal, event, shapely) || typeof url !== 'string') throw new Error('refused');
    return door.openExternal(url);
  });
  ipcMain.handle(channels.desktop, (event, ...args) => {
    const change = DesktopChange.nullable().safeParse(args[0]);
    if (!admitted(channels.desktop, event, args.length === 1 && change.success)) throw new Error('refused');
    return door.desktop(change.data ?? null);
  });
  ipcMain.handle(channels.openWindow, (event, ...args) => {
    const session = SessionId.nullable().safeParse(args[0]);
    if (!admitted(channels.openWindow, event, args.length === 1 && session.success)) throw new Error('refused');
    return door.openWindow(session.data ?? null);
  });
}
