import type { Connection, Hall, Principal, Sink } from '../orchestrator/ports.ts';
import { channels } from '../protocol/ipc.ts';
import { limits } from '../protocol/limits.ts';
import { say } from '../protocol/saying.ts';

/** What of Electron's `WebContents` a connection needs. */
export interface Contents {
  readonly id: number;
  isDestroyed(): boolean;
  send(channel: string, frame: string): void;
}

/** One connection for each window that said hello. */
export interface WindowConnections {
  /** Opens this window's connection; one that was open before (the page was loaded again) is closed first. */
  hello(contents: Contents): void;
  /** Hands one frame to the window's connection. Without one (closed by the core, no hello yet) it is dropped: the page says hello again. */
  receive(contents: Contents, frame: string): void;
  /** The window, or its page, is gone. */
  gone(contentsId: number): void;
}

/** @param owner - the principal of a window: who sits at the machine. */
export function createWindowConnections(hall: Hall, owner: () => Principal): WindowConnections {
  const open = new Map<number, Connection>();

  function gone(contentsId: number): void {
    const connection = open.get(contentsId);
    open.delete(contentsId);
    connection?.close();
  }

  return {
    hello(contents) {
      gone(contents.id);
      let connection: Connection | null = null;
      let ended = false;
      const sink = sinkTo(contents, () => {
        ended = true;
        if (open.get(contents.id) === connection) open.delete(contents.id);
      });
      connection = hall.connect(owner(), sink);
      // The core may refuse a connection while it is being made.
      if (!ended) open.set(contents.id, connection);
    },
    receive(contents, frame) {
      const connection = open.get(contents.id);
      if (connection === undefined) return;
      if (Buffer.byteLength(frame) > limits.frameBytes) contents.send(channels.toWindow, tooLarge);
      else connection.receive(frame);
    },
    gone,
  };
}

const tooLarge = JSON.stringify({
  type: 'response',
  command_id: null,
  ok: false,
  error: {
    code: 'frame_too_large',
    say: say('message.tooLarge', { bytes: limits.frameBytes }),
    message: `The message is larger than ${limits.frameBytes} bytes.`,
    impact: 'It was not sent; nothing else is affected.',
    next: 'Shorten it, or put the text into a file in the folder and name the file.',
  },
});

/**
 * The writing end of a window. It is never busy: Electron's IPC has no backpressure to read, its reader is on the same machine, and the core
 * already merges what arrives within one tick into one frame. What a page that stopped reading leaves waiting ends with that page.
 */
function sinkTo(contents: Contents, onClose: () => void): Sink {
  return {
    send(frame) {
      if (!contents.isDestroyed()) contents.send(channels.toWindow, frame);
    },
    busy: () => false,
    onceDrained: (callback) => queueMicrotask(callback),
    close: onClose,
  };
}
