import type { Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';

/** Where the key that wraps secrets lies: in the system's keychain, or in a file of the home that only this user can read. */
export type SecretBoxKind = 'keychain' | 'key_file';

/** Wraps secrets for keeping. What one kind wrapped, only that kind unwraps. */
export interface SecretBox {
  readonly kind: SecretBoxKind;
  /** @param label - what the secret belongs to; the same one is needed to unwrap it. */
  wrap(secret: string, label: string): Result<Buffer, Problem>;
  unwrap(wrapped: Buffer, label: string): Result<string, Problem>;
}
