import type { MenuItemConstructorOptions } from 'electron';
import type { SessionId } from '../protocol/ids.ts';
import type { NativeWords } from './words/native-words.ts';

export interface TrayActions {
  lead(session_id: SessionId): void;
  newSession(): void;
  show(): void;
  quit(): void;
}

/** A session that waits, as the menu says it. */
export interface WaitingLine {
  readonly session_id: SessionId;
  readonly text: string;
}

/** More than these nobody reads in a menu; all of them stand in the inbox. */
export const mostInTray = 8;

/** The menu of the tray icon: what waits, and what is wanted most. */
export function trayTemplate(
  waiting: readonly WaitingLine[],
  actions: TrayActions,
  { tray }: NativeWords,
): MenuItemConstructorOptions[] {
  const more = waiting.length - mostInTray;
  return [
    { label: tray.waiting(waiting.length), enabled: false },
    ...waiting.slice(0, mostInTray).map(({ session_id, text }) => ({
      // A single one would underline what follows it.
      label: text.replaceAll('&', '&&'),
      click: () => actions.lead(session_id),
    })),
    ...(more > 0 ? [{ label: tray.more(more), enabled: false }] : []),
    { type: 'separator' },
    { label: tray.newSession, click: actions.newSession },
    { label: tray.show, click: actions.show },
    { type: 'separator' },
    { label: tray.quit, click: actions.quit },
  ];
}
