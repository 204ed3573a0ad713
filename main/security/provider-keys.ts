import { Emitter } from '../base/emitter.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { ProviderKeys } from '../orchestrator/ports.ts';
import type { Problem } from '../protocol/errors.ts';
import type { ProviderId } from '../protocol/ids.ts';
import { say } from '../protocol/saying.ts';
import type { KnownSecrets } from './known-secrets.ts';
import type { SecretBox, SecretBoxKind } from './secret-box.ts';

/** Keeps wrapped keys; see `storage/provider-key-store.ts`. */
export interface WrappedKeys {
  find(provider: ProviderId): { box: string; wrapped: Buffer } | null;
  put(provider: ProviderId, key: { box: string; wrapped: Buffer }): void;
  remove(provider: ProviderId): boolean;
  list(): { provider: ProviderId; box: string }[];
}

export type KeyState = { stored: false } | { stored: true; by: SecretBoxKind } | { stored: false; problem: Problem };

export interface ProviderKeyKeeper extends ProviderKeys {
  /** @returns what keeps it now. */
  set(provider: ProviderId, key: string): Result<SecretBoxKind, Problem>;
  /** False when there was none. */
  remove(provider: ProviderId): boolean;
  /** Whether there is one that this composition can read; a problem when there is one and it cannot. */
  state(provider: ProviderId): KeyState;
  /** Reads every stored key once, so that it is known as a secret before anything could show it. */
  learn(): void;
  /** Where a key would be kept that is stored now. */
  keptBy(): SecretBoxKind;
  /** A key was stored or removed. */
  readonly changed: Emitter<ProviderId>;
}

export interface ProviderKeysParts {
  store: WrappedKeys;
  /** The keychain where there is one (only in the desktop composition); asked at each need, because it comes with the app's readiness. */
  keychain: () => SecretBox | null;
  keyFile: SecretBox;
  /** Every key that is read or stored is told, so that it is taken out of all that leaves the process. */
  secrets: KnownSecrets;
}

/**
 * API keys of providers, wrapped by the system's keychain or, where there is none, with a key file. Each stands with what wrapped it: a home that
 * was opened with a window and then without keeps what it cannot read, and says so.
 */
export function createProviderKeys({ store, keychain, keyFile, secrets }: ProviderKeysParts): ProviderKeyKeeper {
  const changed = new Emitter<ProviderId>();
  const label = (provider: ProviderId) => `provider-key ${provider}`;

  function read(provider: ProviderId): Result<{ key: string; by: SecretBoxKind } | null, Problem> {
    const found = store.find(provider);
    if (found === null) return ok(null);
    const box = found.box === 'keychain' ? keychain() : found.box === 'key_file' ? keyFile : null;
    if (box === null) return err(notHere(found.box));
    const key = box.unwrap(found.wrapped, label(provider));
    if (!key.ok) return key;
    secrets.add(key.value);
    return ok({ key: key.value, by: box.kind });
  }

  return {
    changed,
    get(provider) {
      const found = read(provider);
      return found.ok ? (found.value?.key ?? null) : null;
    },
    set(provider, key) {
      const box = keychain() ?? keyFile;
      secrets.add(key);
      const wrapped = box.wrap(key, label(provider));
      if (!wrapped.ok) return wrapped;
      // What cannot be read back would be lost without a word.
      const back = box.unwrap(wrapped.value, label(provider));
      if (!back.ok) return back;
      store.put(provider, { box: box.kind, wrapped: wrapped.value });
      changed.emit(provider);
      return ok(box.kind);
    },
    remove(provider) {
      const removed = store.remove(provider);
      if (removed) changed.emit(provider);
      return removed;
    },
    state(provider) {
      const found = read(provider);
      if (!found.ok) return { stored: false, problem: found.error };
      return found.value === null ? { stored: false } : { stored: true, by: found.value.by };
    },
    learn() {
      for (const { provider } of store.list()) read(provider);
    },
    keptBy: () => (keychain() ?? keyFile).kind,
  };
}

function notHere(box: string): Problem {
  return {
    code: 'storage_failed',
    say: say('keys.notHere', { box: box.slice(0, 40) }),
    message:
      box === 'keychain'
        ? "The API key for this provider was stored from the app's window, in the system's keychain, which cannot be opened from here."
        : `The API key for this provider was stored by another version of Quarterdeck (${box.slice(0, 40)}).`,
    impact: 'It is kept, but the CLI does not get it here.',
    next: 'Use Quarterdeck with its window, or store the API key again here.',
  };
}
