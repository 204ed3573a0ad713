import { err, ok } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';
import type { SecretBox } from './secret-box.ts';

/** What is used of Electron's `safeStorage`. It works only once the app is ready, so it is asked at the first need and not before. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  /** Linux only: which keyring there is; `basic_text` is none, its "encryption" has a password that everybody knows. */
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(wrapped: Buffer): string;
}

/** Whether the system has a keychain that keeps a secret. Never throws. */
export function hasKeychain(storage: SafeStorage, platform: NodeJS.Platform = process.platform): boolean {
  try {
    if (!storage.isEncryptionAvailable()) return false;
    const backend = platform === 'linux' ? storage.getSelectedStorageBackend?.() : 'system';
    return backend !== undefined && backend !== 'basic_text' && backend !== 'unknown';
  } catch {
    return false;
  }
}

/** Wraps with the system's keychain. The label is kept inside, so that a wrapped secret cannot be passed off as another's. */
export function createKeychainBox(storage: SafeStorage): SecretBox {
  return {
    kind: 'keychain',
    wrap(secret, label) {
      try {
        return ok(storage.encryptString(JSON.stringify([label, secret])));
      } catch (error) {
        return err(refused('not_taken', 'did not take the API key', error));
      }
    },
    unwrap(wrapped, label) {
      try {
        const [kept, secret] = JSON.parse(storage.decryptString(wrapped)) as unknown[];
        if (kept === label && typeof secret === 'string') return ok(secret);
        return err(refused('other', 'gave back something else than the API key', null));
      } catch (error) {
        // The message of a failed JSON.parse quotes its text.
        return err(refused('not_given', 'did not give back the API key', error instanceof SyntaxError ? null : error));
      }
    },
  };
}

function refused(how: 'not_taken' | 'other' | 'not_given', what: string, error: unknown): Problem {
  return {
    code: 'storage_failed',
    say: say('keys.keychainRefused', { how }),
    message: `The system's keychain ${what}.`,
    impact: 'What is stored is kept as it is, but the CLI does not get the key.',
    next: 'Unlock the keychain and try again, or store the API key again.',
    ...(error instanceof Error ? { detail: error.message.slice(0, 300) } : {}),
  };
}

/** A keychain that was there once is there; one that is not ready yet is asked again. */
export function onceAvailable(storage: SafeStorage | null): () => SecretBox | null {
  let box: SecretBox | null = null;
  return () => {
    if (box === null && storage !== null && hasKeychain(storage)) box = createKeychainBox(storage);
    return box;
  };
}
