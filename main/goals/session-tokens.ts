import { randomBytes } from 'node:crypto';
import type { SessionId } from '../protocol/ids.ts';

interface Grant {
  readonly session_id: SessionId;
  readonly alive: () => boolean;
}

/** Bearer tokens of running CLIs. Each opens the goal of one session, while the CLI it was given to lives, and nothing else. Memory only. */
export class SessionTokens {
  readonly #grants = new Map<string, Grant>();

  /**
   * A new token of 256 random bits.
   * @param alive - whether the CLI it is made for still runs; asked at every use.
   */
  grant(session_id: SessionId, alive: () => boolean): string {
    // The CLI that a former token of this session was for has ended, or is about to be replaced.
    for (const [token, grant] of this.#grants) if (grant.session_id === session_id) this.#grants.delete(token);
    const token = `qdg_${randomBytes(32).toString('base64url')}`;
    this.#grants.set(token, { session_id, alive });
    return token;
  }

  /** Looked up by its value: what a timing could tell of 256 random bits is of no use to anybody. */
  sessionOf(token: string): SessionId | null {
    const grant = this.#grants.get(token);
    if (!grant) return null;
    if (grant.alive()) return grant.session_id;
    this.#grants.delete(token);
    return null;
  }
}
