import { err, ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';
import type { KnownSecrets } from './known-secrets.ts';
import type { SecretBox } from './secret-box.ts';

export interface Wrapped {
  box: string;
  wrapped: Buffer;
}

/** Wraps and unwraps one secret of the app, by the keychain where there is one, else by the key file. */
export interface SecretSlot {
  wrap(secret: string): Result<Wrapped, Problem>;
  unwrap(kept: Wrapped): Result<string, Problem>;
}

/**
 * @param label - what the secret belongs to. @param keychain - asked at each need, because it comes with the app's readiness.
 * @param secrets - told of it, so that it is taken out of all that leaves the process.
 */
export function createSecretSlot(
  label: string,
  keychain: () => SecretBox | null,
  keyFile: SecretBox,
  secrets: Pick<KnownSecrets, 'add'>,
): SecretSlot {
  return {
    wrap(secret) {
      const box = keychain() ?? keyFile;
      secrets.add(secret);
      const wrapped = box.wrap(secret, label);
      if (!wrapped.ok) return wrapped;
      // What cannot be read back would be lost without a word.
      const back = box.unwrap(wrapped.value, label);
      return back.ok ? ok({ box: box.kind, wrapped: wrapped.value }) : back;
    },
    unwrap(kept) {
      const box = kept.box === 'keychain' ? keychain() : kept.box === 'key_file' ? keyFile : null;
      if (box === null) return err(notHere);
      const secret = box.unwrap(kept.wrapped, label);
      if (secret.ok) secrets.add(secret.value);
      return secret;
    },
  };
}

const notHere: Problem = {
  code: 'storage_failed',
  say: say('oidc.secretNotHere'),
  message:
    "The identity provider's client secret was stored from the app's window, in the system's keychain, which cannot be opened from here.",
  impact: 'Nobody can sign in by the identity provider here; other ways are not touched.',
  next: 'Use Quarterdeck with its window, or store the client secret again here.',
};
