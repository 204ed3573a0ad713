import type { WebSocket } from 'ws';
import type { Clock } from '../base/clock.ts';
import type { AboutClient, DuctorDoor, FirstFrame } from './ductor/door.ts';

/** How long a client on `/ws` may take to say what it speaks. */
const firstFrameWithinMs = 10_000;
/** A hello is a few hundred bytes. Nobody who is not known yet makes us hold more; the socket's own limit still counts before. */
const strangers = 512;

/** Waits for what a client on `/ws` says first, and hands it over with it. */
export function createFirstFrames(door: DuctorDoor, clock: Clock) {
  /** Who has said nothing yet, the oldest first. */
  const waiting = new Set<WebSocket>();

  return (socket: WebSocket, about: AboutClient): void => {
    const end = () => {
      cancel();
      waiting.delete(socket);
      socket.off('message', first);
      socket.off('close', end);
    };
    const first = (data: FirstFrame['data'], isBinary: boolean) => {
      end();
      door.accept(socket, { data, isBinary }, about);
    };
    const cancel = clock.after(firstFrameWithinMs, () => {
      end();
      door.timedOut(socket);
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', first);
    socket.on('close', end);
    waiting.add(socket);
    if (waiting.size <= strangers) return;
    const [oldest] = waiting;
    // Whoever only connects must not keep others from it.
    oldest?.terminate();
  };
}
