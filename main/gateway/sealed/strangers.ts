import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock } from '../../base/clock.ts';

/** What those cost who have not said who they are. */
export const strangerLimits = {
  /** For the first frame, and again for the credential after the handshake, milliseconds. */
  frameWithinMs: 10_000,
  /** Bytes from one of them, frames and all: a hello and a credential are below 2,000; what to attach to may be more. */
  bytes: 65_536,
  /** Of one address. A page reconnecting needs one for some milliseconds. */
  perAddress: 32,
  all: 256,
} as const;

export interface Stranger {
  readonly socket: WebSocket;
  readonly address: string;
  /** The next frame has so long to come, from now on. */
  wait(): void;
  /** It said who it is, or is gone: nothing is counted any more. */
  known(): void;
}

interface Waiting extends Stranger {
  crowdedOut(): void;
}

/**
 * Connections that have not said who they are yet: bounded in number, in time and in bytes. Where there are too many, the oldest of the address that
 * has most is cut off: who means to come in needs some milliseconds, who only holds a place has had it longest. So nobody is kept out for the time
 * that others take.
 */
export class Strangers {
  readonly #clock: Clock;
  /** The oldest first. */
  readonly #waiting = new Set<Waiting>();
  readonly #perAddress = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get count(): number {
    return this.#waiting.size;
  }

  /** @param raw - the stream below the socket. @param ends - what to tell a client whose time is up, or whose place somebody else needs. */
  meet(socket: WebSocket, raw: Duplex, address: string, ends: { timedOut(): void; crowdedOut(): void }): Stranger {
    let cancel = () => {};
    let bytes = 0;
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > strangerLimits.bytes) {
        known();
        socket.terminate();
      }
    };
    const known = () => {
      cancel();
      raw.off('data', count);
      socket.off('close', known);
      this.#forget(stranger);
    };
    const stranger: Waiting = {
      socket,
      address,
      known,
      wait: () => {
        cancel();
        cancel = this.#clock.after(strangerLimits.frameWithinMs, () => {
          known();
          ends.timedOut();
        });
      },
      crowdedOut() {
        known();
        ends.crowdedOut();
      },
    };
    raw.on('data', count);
    socket.on('close', known);
    this.#waiting.add(stranger);
    this.#perAddress.set(address, (this.#perAddress.get(address) ?? 0) + 1);
    stranger.wait();
    this.#makeRoom(address);
    return stranger;
  }

  #makeRoom(address: string): void {
    if (this.#perAddress.get(address)! > strangerLimits.perAddress) this.#oldestOf(address).crowdedOut();
    if (this.#waiting.size <= strangerLimits.all) return;
    let most = [...this.#waiting][0]!.address;
    for (const [other, count] of this.#perAddress) if (count > this.#perAddress.get(most)!) most = other;
    this.#oldestOf(most).crowdedOut();
  }

  #oldestOf(address: string): Waiting {
    for (const stranger of this.#waiting) if (stranger.address === address) return stranger;
    throw new Error('An address is counted that nobody has.');
  }

  #forget(stranger: Waiting): void {
    if (!this.#waiting.delete(stranger)) return;
    const left = this.#perAddress.get(stranger.address)! - 1;
    if (left > 0) this.#perAddress.set(stranger.address, left);
    else this.#perAddress.delete(stranger.address);
  }
}
