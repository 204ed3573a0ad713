import nacl from 'tweetnacl';
import { err, ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';
import type { KnownSecrets } from './known-secrets.ts';
import type { SecretBox } from './secret-box.ts';

/** The gateway's long-term X25519 key pair, 32 bytes each; devices pin the public one. */
export interface KeyPair {
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}

export interface IdentityParts {
  /** Keeps the one identity of a home; see `storage/identity-store.ts`. */
  store: {
    find(): { public_key: Uint8Array; box: string; wrapped: Buffer } | null;
    add(identity: { public_key: Buffer; box: string; wrapped: Buffer }): void;
  };
  /** The keychain where there is one; asked at the need, because it comes with the app's readiness. */
  keychain: () => SecretBox | null;
  keyFile: SecretBox;
  /** Told of the secret half, so that it is taken out of all that leaves the process. */
  secrets: Pick<KnownSecrets, 'add'>;
}

export interface GatewayIdentity {
  /**
   * The key pair of this home, made at the first need and never again. A home whose pair cannot be unwrapped says so: every paired device pins the old
   * public key, and a new one would look to them like somebody in the middle.
   */
  get(): Result<KeyPair, Problem>;
}

const label = 'gateway identity';

export function createGatewayIdentity({ store, keychain, keyFile, secrets }: IdentityParts): GatewayIdentity {
  let known: KeyPair | null = null;

  const make = (): Result<KeyPair, Problem> => {
    const pair = nacl.box.keyPair();
    const secret = Buffer.from(pair.secretKey).toString('base64url');
    learn(secret);
    const box = keychain() ?? keyFile;
    const wrapped = box.wrap(secret, label);
    if (!wrapped.ok) return err(cannotMake(wrapped.error));
    // What cannot be read back would be lost without a word, and every pairing with it.
    const back = box.unwrap(wrapped.value, label);
    if (!back.ok) return err(cannotMake(back.error));
    store.add({ public_key: Buffer.from(pair.publicKey), box: box.kind, wrapped: wrapped.value });
    return ok(pair);
  };
  /** In each form in which it could be written down. */
  const learn = (secret: string) => {
    const bytes = Buffer.from(secret, 'base64url');
    for (const form of [secret, bytes.toString('base64'), bytes.toString('hex')]) secrets.add(form);
  };
  const open = (kept: NonNullable<ReturnType<IdentityParts['store']['find']>>): Result<KeyPair, Problem> => {
    const box = kept.box === 'keychain' ? keychain() : kept.box === 'key_file' ? keyFile : null;
    if (box === null) return err(notHere(kept.box));
    const secret = box.unwrap(kept.wrapped, label);
    if (!secret.ok) return err(cannotOpen(secret.error.detail ?? secret.error.message));
    learn(secret.value);
    const bytes = Buffer.from(secret.value, 'base64url');
    if (bytes.length !== nacl.box.secretKeyLength) return err(cannotOpen('it is damaged'));
    const pair = nacl.box.keyPair.fromSecretKey(new Uint8Array(bytes));
    if (!Buffer.from(pair.publicKey).equals(Buffer.from(kept.public_key))) return err(cannotOpen('it is damaged'));
    return ok(pair);
  };
  return {
    get() {
      if (known) return ok(known);
      const kept = store.find();
      const found = kept ? open(kept) : make();
      if (found.ok) known = found.value;
      return found;
    },
  };
}

const impact =
  'Devices cannot connect or be paired until this is solved; the window, browsers on this machine and keys go on. Nothing was replaced.';

const notHere = (box: string): Problem => ({
  code: 'storage_failed',
  say: say('identity.notHere', { box: box.slice(0, 40) }),
  message:
    box === 'keychain'
      ? "The gateway's own key was made by the app with its window and lies in the system's keychain, which cannot be opened from here."
      : `The gateway's own key was made by another version of Quarterdeck (${box.slice(0, 40)}).`,
  impact,
  next: 'Use Quarterdeck with its window, or use another home with --home and pair the devices there.',
});

const cannotOpen = (detail: string): Problem => ({
  code: 'storage_failed',
  say: say('identity.cannotOpen'),
  message: "The gateway's own key, which every paired device knows it by, cannot be opened.",
  impact,
  next: 'Unlock the keychain, or bring back the file "secrets.key" of the Quarterdeck folder from a backup; then try again.',
  detail: detail.slice(0, 300),
});

const cannotMake = (cause: Problem): Problem => ({
  ...cause,
  say: say('identity.notKept'),
  message: `The gateway's own key could not be kept: ${cause.message}`,
  impact: 'Devices cannot be paired until this is solved.',
});
