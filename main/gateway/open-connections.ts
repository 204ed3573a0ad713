import type { Clock } from '../base/clock.ts';
import type { Principal } from '../orchestrator/ports.ts';
import type { ErrorCode } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import { createHeartbeat } from './heartbeat.ts';
import type { OpenConnection, OpenConnections } from './open-connection.ts';

/** A timer of the system counts no further (2^31 - 1 ms). */
const longestTimerMs = 2_147_483_647;

/** Every client that stays, of any door: bounded in number, found again when its credential ends, looked after by the heartbeat. */
export class ConnectionRegister implements OpenConnections {
  readonly #clock: Clock;
  readonly #open = new Set<OpenConnection>();
  readonly #perCredential = new Map<string, number>();
  readonly #heartbeat: ReturnType<typeof createHeartbeat>;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#heartbeat = createHeartbeat(clock, this.#open);
  }

  get size(): number {
    return this.#open.size;
  }

  add(connection: OpenConnection): (() => void) | null {
    if (this.limitFor(connection.principal) !== null) return null;
    const name = nameOf(connection.principal);
    this.#open.add(connection);
    this.#perCredential.set(name, (this.#perCredential.get(name) ?? 0) + 1);
    const cancel = this.#endWith(connection);
    this.#heartbeat.start();
    return () => {
      cancel();
      if (!this.#open.delete(connection)) return;
      const left = this.#perCredential.get(name)! - 1;
      if (left > 0) this.#perCredential.set(name, left);
      else this.#perCredential.delete(name);
    };
  }

  /** How many there are, by what they signed in with. */
  byKind(): ReadonlyMap<string, number> {
    const kinds = new Map<string, number>();
    for (const { principal } of this.#open) {
      kinds.set(principal.actor.kind, (kinds.get(principal.actor.kind) ?? 0) + 1);
    }
    return kinds;
  }

  /** The limit that one more connection of this credential would go beyond; null: there is room. */
  limitFor(principal: Principal): number | null {
    if (this.#open.size >= limits.connections) return limits.connections;
    if (principal.actor.kind === 'owner') return null;
    const open = this.#perCredential.get(nameOf(principal)) ?? 0;
    return open >= limits.connectionsPerCredential ? limits.connectionsPerCredential : null;
  }

  /** Closes the connections of these principals in this tick. @returns how many. */
  closeWhere(matches: (principal: Principal) => boolean, code: ErrorCode, message: string): number {
    const matching = [...this.#open].filter(({ principal }) => matches(principal));
    for (const connection of matching) connection.close(code, message);
    return matching.length;
  }

  /** The app closes. */
  closeAll(): void {
    this.#heartbeat.stop();
    this.closeWhere(() => true, 'shutting_down', 'Quarterdeck is closing.');
  }

  /** Closes it at the moment its credential ends. @returns takes that back. */
  #endWith(connection: OpenConnection): () => void {
    const { expiresAt } = connection;
    if (expiresAt === null) return () => {};
    let cancel = () => {};
    const look = () => {
      const leftMs = expiresAt - this.#clock.now();
      if (leftMs > 0) cancel = this.#clock.after(Math.min(leftMs, longestTimerMs), look);
      else connection.close('unauthorized', 'The credential of this connection has expired.');
    };
    look();
    return () => cancel();
  }
}

const nameOf = ({ actor }: Principal): string => `${actor.kind} ${actor.id ?? ''}`;
