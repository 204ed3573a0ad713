import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { type DesktopAnswer, DesktopChange } from '../protocol/desktop.ts';
import { SessionId } from '../protocol/ids.ts';
import { channels, type Place, places } from '../protocol/ipc.ts';
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
  /** The system's dialog for one file; null when it was left without a choice. */
  chooseFile(contentsId: number): Promise<string | null>;
  /** Shows one of our own folders; false when it is not there. */
  openPlace(place: Place): Promise<boolean>;
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
  /** The one argument of a message, when all of it is as it should be. */
  const only = <T>(
    channel: string,
    event: IpcMainEvent | IpcMainInvokeEvent,
    args: readonly unknown[],
    schema: z.ZodType<T>,
  ): { readonly data: T } | null => {
    const read = schema.safeParse(args[0]);
    return admitted(channel, event, args.length === 1 && read.success) && read.success ? read : null;
  };
  /** An invoke with one argument: answered, or rejected. */
  const answer = <T>(channel: string, schema: z.ZodType<T>, work: (asked: T) => unknown): void => {
    ipcMain.handle(channel, (event, ...args) => {
      const asked = only(channel, event, args, schema);
      if (asked === null) throw new Error('refused');
      return work(asked.data);
    });
  };

  ipcMain.on(channels.toMain, (event, ...args) => {
    const frame = only(channels.toMain, event, args, z.string());
    if (frame) door.connections.receive(event.sender, frame.data);
  });
  ipcMain.on(channels.note, (event, ...args) => {
    const note = only(channels.note, event, args, PageNote);
    if (note) door.noteHeard?.(event.sender, note.data);
  });
  /** An invoke with no argument, of a window. */
  const choose = (channel: string, work: (contentsId: number) => Promise<string | null>): void => {
    ipcMain.handle(channel, (event, ...args) => {
      if (!admitted(channel, event, args.length === 0)) throw new Error('refused');
      return work(event.sender.id);
    });
  };
  choose(channels.chooseFolder, (contentsId) => door.chooseFolder(contentsId));
  choose(channels.chooseFile, (contentsId) => door.chooseFile(contentsId));
  answer(channels.notices, NoticeRequest, (request) => door.notices(request));
  answer(channels.openExternal, z.string(), (url) => door.openExternal(url));
  answer(channels.desktop, DesktopChange.nullable(), (change) => door.desktop(change));
  answer(channels.openWindow, SessionId.nullable(), (session) => door.openWindow(session));
  answer(channels.openPlace, z.enum(places), (place) => door.openPlace(place));
}
