import type { WebSocket } from 'ws';
import type { Seen } from '../../security/sealed-credentials.ts';
import type { Link } from '../link.ts';
import type { OpenConnection } from '../open-connection.ts';

/** The first frame of a client as it came. */
export interface FirstFrame {
  readonly data: Buffer;
  readonly isBinary: boolean;
}

/** What is known of a client before it says who it is. */
export interface AboutClient {
  readonly link: Link;
  readonly seen: Seen;
}

/** One client of this door. */
export interface DuctorClient extends OpenConnection {
  readonly about: AboutClient;
  readonly connectedAt: number;
  /** Sessions it follows. */
  readonly sessions: number;
}

/** Version 1 of the sealed transport: what a ductor client speaks on `/ws`. */
export interface DuctorDoor {
  /**
   * Takes over a socket of `/ws` whose first frame is anything but the hello of version 2: a hello of version 1 is answered as ductor answers it,
   * everything else with ductor's errors and a close. Call in the tick in which the frame came, and take every listener of your own but `error`
   * off the socket before: the door has its own from then on.
   */
  accept(socket: WebSocket, firstFrame: FirstFrame, about: AboutClient): void;
  /** No frame came within 10 s: tells the client so (in clear, as both versions do) and closes. */
  timedOut(socket: WebSocket): void;
  /** Who is in, i.e. has shown a good credential. */
  readonly clients: ReadonlySet<DuctorClient>;
  /** Tells every client that the app closes (1001). */
  close(): void;
}
