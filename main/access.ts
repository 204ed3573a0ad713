import { createAccessQueries, deviceView, holderOf, tellChanges } from './access-queries.ts';
import type { Clock } from './base/clock.ts';
import { ok, type Result } from './base/result.ts';
import type { SessionBus } from './bus/session-bus.ts';
import type { RegisteredHall } from './orchestrator/hall.ts';
import type { Log, Principal } from './orchestrator/ports.ts';
import type { Problem } from './protocol/errors.ts';
import { createKeyCheck } from './security/authenticate.ts';
import { createSealedCredentials } from './security/create-sealed-credentials.ts';
import { createGatewayIdentity } from './security/gateway-identity.ts';
import { createKeyFileBox } from './security/key-file-box.ts';
import { onceAvailable, type SafeStorage } from './security/keychain-box.ts';
import type { KnownSecrets } from './security/known-secrets.ts';
import type { PairingAddress } from './security/pairing-link.ts';
import { createPairingOffers } from './security/pairing-offers.ts';
import type { SealedCredentials } from './security/sealed-credentials.ts';
import { createDeviceStore } from './storage/device-store.ts';
import { createIdentityStore } from './storage/identity-store.ts';
import type { KeyStore } from './storage/key-store.ts';
import type { Db } from './storage/open-database.ts';

export interface AccessOptions {
  db: Db;
  keys: KeyStore;
  ownerToken: string;
  bus: SessionBus;
  /** Electron's, in the composition that has it. */
  safeStorage: SafeStorage | null;
  /** Of the home: `secretsKey` wraps where there is no keychain. */
  paths: { secretsKey: string };
  secrets: Pick<KnownSecrets, 'add'>;
  /** Where this machine can be reached, the best first. */
  addresses: () => Promise<readonly PairingAddress[]> | readonly PairingAddress[];
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'warn'>;
}

/** Keys, devices and pairings, put together. */
export function createAccess(options: AccessOptions) {
  const { db, keys, ownerToken, bus, paths, secrets, addresses, clock, log } = options;
  const devices = createDeviceStore(db, clock.now);
  const offers = createPairingOffers(clock.now);
  const identity = createGatewayIdentity({
    store: createIdentityStore(db, clock.now),
    keychain: onceAvailable(options.safeStorage),
    keyFile: createKeyFileBox(paths.secretsKey, () =>
      log.warn(
        "other users of this machine could read the key file that wraps the gateway's own key; its rights were narrowed",
      ),
    ),
    secrets,
  });
  let hall: RegisteredHall | null = null;
  const isOnline = (id: string) =>
    hall?.clients().some(({ principal: { actor } }) => actor.kind === 'device' && actor.id === id) ?? false;
  tellChanges({ keys, devices }, bus);

  return {
    devices,
    queries: createAccessQueries({ keys, devices, offers, identity, addresses, isOnline, clock }),

    /** Closes what is open as soon as its credential is void or may do something else, in the same tick; whatever door it came through. */
    guard(into: RegisteredHall): void {
      hall = into;
      const close = (kind: Principal['actor']['kind'], id: string, code: 'unauthorized' | 'access_changed') => {
        offers.removeBy(holderOf({ actor: { kind, id, via: 'app' }, scopes: new Set() }));
        const message =
          code === 'unauthorized'
            ? 'The credential of this connection was revoked.'
            : 'What this device may do was changed; it connects again.';
        into.closeWhere(({ actor }) => actor.kind === kind && actor.id === id, code, message);
      };
      keys.revoked.on((id) => close('api_key', id, 'unauthorized'));
      devices.revoked.on((id) => close('device', id, 'unauthorized'));
      devices.rightsChanged.on((id) => close('device', id, 'access_changed'));
    },

    /** For the sealed door; asked at each handshake. A home whose own key cannot be opened says why. */
    sealedCredentials(): Result<SealedCredentials, Problem> {
      const serverKey = identity.get();
      if (!serverKey.ok) return serverKey;
      return ok(
        createSealedCredentials({
          serverKey: serverKey.value,
          devices,
          offers,
          checkKey: createKeyCheck(ownerToken, keys),
          onPaired: ({ pairing_id }, device) => bus.devicePaired.emit({ pairing_id, device: deviceView(device, true) }),
        }),
      );
    },
  };
}
