import { channels, type PageCommand } from '../protocol/ipc.ts';

interface Contents {
  readonly id: number;
  isDestroyed(): boolean;
  send(channel: string, command: PageCommand): void;
}

/** Commands of the menu, of links and of later starts, on their way to a page. */
export interface PageCommands {
  /** Tells the page of this window, or keeps it until it listens. */
  tell(contentsId: number, command: PageCommand): void;
  /** This page listens from now on. */
  ready(contents: Contents): void;
  /** This page listens no more; it may come back, loaded anew. */
  gone(contentsId: number): void;
  /** This window is closed. */
  closed(contentsId: number): void;
}

/** A page hears commands from its hello on; what it is told before waits, the oldest first. */
export function createPageCommands(): PageCommands {
  const pages = new Map<number, Contents>();
  const waiting = new Map<number, PageCommand[]>();
  return {
    tell(contentsId, command) {
      const page = pages.get(contentsId);
      if (page !== undefined && !page.isDestroyed()) page.send(channels.command, command);
      else waiting.set(contentsId, [...(waiting.get(contentsId) ?? []), command].slice(-8));
    },
    ready(contents) {
      pages.set(contents.id, contents);
      const late = waiting.get(contents.id) ?? [];
      waiting.delete(contents.id);
      for (const command of late) contents.send(channels.command, command);
    },
    gone: (contentsId) => void pages.delete(contentsId),
    closed(contentsId) {
      pages.delete(contentsId);
      waiting.delete(contentsId);
    },
  };
}
