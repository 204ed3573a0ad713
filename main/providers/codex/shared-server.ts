import { AppServer } from './app-server.ts';
import { type CodexHost, storedKey } from './launch.ts';
import { type Learned, learnAccount } from './learn-account.ts';

/** A conversation, as the owner of the app-server sees it. */
export interface ServerUser {
  /** True while a turn runs: then the process is not ended for somebody else's sake. */
  busy(): boolean;
  /** The process is gone, by itself or because it was ended. */
  onGone(server: AppServer): void;
}

export interface SharedServerOptions {
  host: CodexHost;
  killGraceMs: number;
  /** What every new process is asked. */
  onLearned(learned: Learned): void;
}

/** Ended by itself when its stdin closes, if nothing runs. Milliseconds. */
const politeMs = 500;

/** The one app-server of all conversations: started with the first, ended with the last. */
export class SharedServer {
  readonly #options: SharedServerOptions;
  readonly #users = new Map<AppServer, Set<ServerUser>>();
  #current: AppServer | null = null;

  constructor(options: SharedServerOptions) {
    this.#options = options;
  }

  acquire(user: ServerUser): AppServer {
    const current = this.#current;
    const server = current === null || this.isStale(current) ? this.#start() : current;
    this.#users.get(server)?.add(user);
    return server;
  }

  /** True when the person stored another key since, or took it away: what comes next needs a process of its own. */
  isStale(server: AppServer): boolean {
    return !server.gone && server.key !== storedKey(this.#options.host);
  }

  /** True when nobody else uses this process. */
  isLast(server: AppServer, user: ServerUser): boolean {
    const users = this.#users.get(server);
    return users === undefined || (users.size === 1 && users.has(user));
  }

  /** The conversation is closed. Resolves when the process is gone, if it was the last one. */
  async release(server: AppServer, user: ServerUser): Promise<void> {
    const users = this.#users.get(server);
    if (users === undefined || !users.has(user)) return;
    if (users.size > 1) {
      users.delete(user);
      return;
    }
    // It stays among the users: it is told the end like any other.
    if (this.#current === server) this.#current = null;
    await server.stop({ politeMs: user.busy() ? 0 : politeMs, graceMs: this.#options.killGraceMs });
  }

  /**
   * This process does not obey any more. Nobody new gets it; it is ended unless turns of others run on it, which then end it when they are closed.
   * @returns whether it is being ended, so that `onGone` will come.
   */
  retire(server: AppServer, user: ServerUser): boolean {
    if (this.#current === server) this.#current = null;
    const users = this.#users.get(server);
    if (users === undefined) return false;
    if ([...users].some((other) => other !== user && other.busy())) {
      users.delete(user);
      return false;
    }
    void server.stop({ graceMs: this.#options.killGraceMs });
    return true;
  }

  #start(): AppServer {
    const { host, onLearned } = this.#options;
    const server: AppServer = new AppServer(host, {
      onReady: () => learnAccount(server, onLearned),
      onGone: () => {
        if (this.#current === server) this.#current = null;
        const users = [...(this.#users.get(server) ?? [])];
        this.#users.delete(server);
        for (const user of users) user.onGone(server);
      },
    });
    this.#users.set(server, new Set());
    this.#current = server;
    return server;
  }
}
