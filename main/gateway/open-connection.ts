import type { Principal } from '../orchestrator/ports.ts';
import type { ErrorCode } from '../protocol/errors.ts';

/** A client that stays, whatever it is made of: what the heartbeat, a revocation and the end of the app have to do with it. */
export interface OpenConnection {
  readonly principal: Principal;
  /** Milliseconds since 1970 at which the credential ends; null: never. */
  readonly expiresAt: number | null;
  /** Something came from the peer since the last look of the heartbeat; always true where the system itself tells that a peer is gone. */
  readonly heard: boolean;
  /** Ends it for this reason, which the client is told. */
  close(code: ErrorCode, message: string): void;
  ping(): void;
  /** Ends it without a word. */
  terminate(): void;
}

/** Where clients that stay are kept. */
export interface OpenConnections {
  /** @returns takes it off again; null: there are too many. */
  add(connection: OpenConnection): (() => void) | null;
}
