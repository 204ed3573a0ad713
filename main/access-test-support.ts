/** Keys, devices and pairings over a real SQLite file, with a hall of real connections and a clock that moves when told to. */
import { join } from 'node:path';
import { createAccess } from './access.ts';
import type { RegisteredHall } from './orchestrator/hall.ts';
import type { Principal } from './orchestrator/ports.ts';
import { owner, TestClient, World } from './orchestrator/world-test-support.ts';
import type { Restrictions } from './protocol/access.ts';
import type { Problem } from './protocol/errors.ts';
import type { Query, Scope } from './protocol/queries.ts';
import type { SafeStorage } from './security/keychain-box.ts';
import { createKnownSecrets } from './security/known-secrets.ts';
import type { PairingAddress } from './security/pairing-link.ts';
import { createKeyStore } from './storage/key-store.ts';

export const ownerToken = `qdo_${'o'.repeat(43)}`;
export const seen = { address: '192.168.1.20', client: 'Firefox on Android' };

/** A keychain that "encrypts" by turning every byte over; enough to see that nothing stands in clear. */
export const testKeychain: SafeStorage = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text) => Buffer.from(text).map((byte) => byte ^ 255) as Buffer,
  decryptString: (wrapped) => Buffer.from(wrapped.map((byte) => byte ^ 255)).toString(),
};

export interface AccessWorldOptions {
  safeStorage?: SafeStorage | null;
  addresses?: PairingAddress[];
}

export function createAccessWorld(options: AccessWorldOptions = {}) {
  const world = new World();
  const secrets = createKnownSecrets();
  const open = ({ safeStorage = null, addresses }: AccessWorldOptions = options) => {
    const keys = createKeyStore(world.db, world.clock.now);
    const access = createAccess({
      db: world.db,
      keys,
      ownerToken,
      bus: world.bus,
      safeStorage,
      paths: { secretsKey: join(world.folder, 'secrets.key') },
      secrets,
      addresses: () => addresses ?? [{ address: '127.0.0.1', url: 'http://127.0.0.1:8741', reachable: true }],
      clock: world.clock,
      log: { warn() {} },
    });
    access.guard(world.hall as RegisteredHall);
    return { keys, access };
  };
  let { keys, access } = open();

  /** Asks one of the handlers, as the hall does. */
  async function ask<T = Record<string, unknown>>(
    query: { type: Query['type'] } & Record<string, unknown>,
    principal: Principal = owner,
  ): Promise<T> {
    const handler = (access.queries as unknown as Record<string, (query: object, principal: Principal) => unknown>)[
      query.type
    ]!;
    const answer = (await handler({ command_id: 'command-1', ...query }, principal)) as T & { problem?: Problem };
    if (answer.problem) throw Object.assign(new Error(answer.problem.message), { problem: answer.problem });
    return answer;
  }
  return {
    world,
    secrets,
    clock: world.clock,
    ask,
    get keys() {
      return keys;
    },
    get access() {
      return access;
    },
    /** Lets a client of this principal into the hall. */
    connect(principal: Principal) {
      const client = new TestClient();
      client.connection = world.hall.connect(principal, client);
      return client;
    },
    sealed() {
      const found = access.sealedCredentials();
      if (!found.ok) throw Object.assign(new Error(found.error.message), { problem: found.error });
      return found.value;
    },
    /** Opens the same file again, as the next start does. */
    restart(again: AccessWorldOptions = options) {
      world.crash();
      world.start();
      ({ keys, access } = open(again));
    },
  };
}

export type AccessWorld = ReturnType<typeof createAccessWorld>;

/** Somebody who holds a key with these rights. */
export const holder = (
  scopes: Scope[],
  restrictions: Restrictions = {},
  expiresAt: number | null = null,
): Principal => ({
  actor: { kind: 'api_key', id: 'their-key', name: 'theirs', via: 'http' },
  scopes: new Set(scopes),
  restrictions,
  expiresAt,
});

/** The code of a pairing refusal, or that there was none. */
export const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'granted',
    (error: { problem?: Problem }) => error.problem?.code ?? String(error),
  );
