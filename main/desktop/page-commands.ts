import { channels, type PageCommand } from '../protocol/ipc.ts';

interface Contents {
  readonly id: number;
  isDestroyed(): boolean;
  send(channel: string, command: PageCommand): void;
}

/** Commands of the menu, of links and of later starts, on their way to the page. */
export interface PageCommands {
  /** Tells the page, or keeps it until there is one that listens. */
  tell(command: PageCommand): void;
  /** This page listens from now on. */
  ready(contents: Contents): void;
  gone(contentsId: number): void;
}

/** A page hears commands from its hello on; what is told before waits, the oldest first. */
export function createPageCommands(): PageCommands {
  let page: Contents | null = null;
  let waiting: PageCommand[] = [];
  return {
    tell(command) {
      if (page !== null && !page.isDestroyed()) page.send(channels.command, command);
      else waiting = [...waiting, command].slice(-8);
    },
    ready(contents) {
      page = contents;
      for (const command of waiting.splice(0)) contents.send(channels.command, command);
    },
    gone(contentsId) {
      if (page?.id === contentsId) page = null;
    },
  };
}
