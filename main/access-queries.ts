import type { Clock } from './base/clock.ts';
import type { SessionBus } from './bus/session-bus.ts';
import { toBase64url } from './crypto/base64url.ts';
import { fingerprintOf } from './crypto/fingerprint.ts';
import { idOfOnce } from './once.ts';
import { type QueryRefusal, refuseQuery } from './orchestrator/connection.ts';
import { type Principal, type QueryHandlers, StorageError } from './orchestrator/ports.ts';
import { storageProblem } from './orchestrator/problems.ts';
import { isNarrowed } from './orchestrator/restrictions.ts';
import type { Device, Restrictions } from './protocol/access.ts';
import type { Problem } from './protocol/errors.ts';
import { say } from './protocol/saying.ts';
import { isNarrowing, mayHandOut, type Rights, seesCredential } from './security/delegation.ts';
import type { GatewayIdentity } from './security/gateway-identity.ts';
import { type PairingAddress, pairingLinks } from './security/pairing-link.ts';
import type { PairingOffers } from './security/pairing-offers.ts';
import { resolveRestrictions } from './security/resolve-restrictions.ts';
import type { DeviceStore, KeptDevice } from './storage/device-store.ts';
import type { KeyStore } from './storage/key-store.ts';
import { storageError } from './storage/storage-error.ts';

type AccessQueries = Pick<
  QueryHandlers,
  | 'keys_create'
  | 'keys_list'
  | 'keys_rotate'
  | 'keys_revoke'
  | 'keys_delete'
  | 'devices_list'
  | 'devices_update'
  | 'devices_revoke'
  | 'devices_delete'
  | 'pairing_create'
  | 'pairing_cancel'
  | 'gateway_identity'
>;

export interface AccessQueryParts {
  keys: KeyStore;
  devices: DeviceStore;
  offers: PairingOffers;
  identity: GatewayIdentity;
  /** Where this machine can be reached, the best first; nothing: it serves no address. */
  addresses: () => Promise<readonly PairingAddress[]> | readonly PairingAddress[];
  isOnline: (device_id: string) => boolean;
  clock: Pick<Clock, 'now'>;
}

/** Who made something, as a name for what they made. */
export const holderOf = ({ actor }: Principal): string => `${actor.kind} ${actor.id ?? ''}`;

/** Lists, makes, changes and voids what may come in from outside. */
export function createAccessQueries(parts: AccessQueryParts): AccessQueries {
  const { keys, devices, offers, identity, addresses, isOnline, clock } = parts;

  /** What is asked for, with real folders; or why it is not handed out. */
  async function rightsOf(
    principal: Principal,
    asked: { scopes: Rights['scopes']; restrictions?: Restrictions; expires_at?: number | null },
  ): Promise<{ ok: true; rights: Rights } | { ok: false; refusal: QueryRefusal }> {
    const { scopes, restrictions = {}, expires_at = null } = asked;
    if (expires_at !== null && expires_at <= clock.now()) return { ok: false, refusal: refuseQuery(alreadyOver) };
    // Asked before any folder is looked at: whether one exists outside is not told.
    const early = isNarrowed(principal) ? mayHandOut(principal, { scopes, restrictions, expires_at }) : null;
    if (early) return { ok: false, refusal: refuseQuery(early) };
    const real = await resolveRestrictions(restrictions);
    if (!real.ok) return { ok: false, refusal: refuseQuery(real.error) };
    const rights = { scopes, restrictions: real.value, expires_at };
    const problem = mayHandOut(principal, rights);
    return problem ? { ok: false, refusal: refuseQuery(problem) } : { ok: true, rights };
  }
  const key = (principal: Principal, id: string) => {
    const found = keys.get(id);
    return found && seesCredential(principal, found.restrictions) ? found : null;
  };
  const device = (principal: Principal, id: string) => {
    const found = devices.get(id);
    return found && seesCredential(principal, found.restrictions) ? found : null;
  };

  return {
    async keys_create({ name, once, ...asked }, principal) {
      const checked = await rightsOf(principal, asked);
      if (!checked.ok) return checked.refusal;
      const id = once === undefined ? undefined : idOfOnce(principal, 'key', once).slice(0, 16);
      // Nothing runs between the look and the making: a retry never makes a second key.
      return kept(() =>
        id !== undefined && keys.get(id) ? refuseQuery(madeBefore(id)) : keys.create({ id, name, ...checked.rights }),
      );
    },
    keys_list: (_query, principal) => ({
      keys: keys.list().filter(({ restrictions }) => seesCredential(principal, restrictions)),
    }),
    keys_rotate({ id, overlap_ms = 0 }, principal) {
      const found = key(principal, id);
      if (!found) return refuseQuery(notFound('key'));
      // The answer is a secret with all that the key may do.
      const problem = mayHandOut(principal, found);
      if (problem) return refuseQuery(problem);
      return kept(() => keys.rotate(id, overlap_ms) ?? refuseQuery(notRotated(keys.get(id)?.replaced_by ?? null)));
    },
    keys_revoke({ id }, principal) {
      return key(principal, id) && kept(() => keys.revoke(id)) === true ? {} : refuseQuery(notFound('key'));
    },
    keys_delete({ id }, principal) {
      if (!key(principal, id)) return refuseQuery(notFound('key'));
      return kept(() => (keys.remove(id) ? {} : refuseQuery(stillGood('key'))));
    },

    devices_list: (_query, principal) => ({
      devices: devices
        .list()
        .filter(({ restrictions }) => seesCredential(principal, restrictions))
        .map((one) => deviceView(one, isOnline(one.id))),
    }),
    async devices_update({ type: _type, command_id: _id, id, ...change }, principal) {
      if (!device(principal, id)) return refuseQuery(notFound('device'));
      const { expires_at, restrictions: asked } = change;
      if (expires_at != null && expires_at <= clock.now()) return refuseQuery(alreadyOver);
      const restrictions = asked && (await resolveRestrictions(asked));
      if (restrictions && !restrictions.ok) return refuseQuery(restrictions.error);
      // Looked at again: the folders took a moment.
      const before = device(principal, id);
      if (!before || before.revoked_at !== null) return refuseQuery(notFound('device'));
      const named = Object.entries({ ...change, restrictions: restrictions?.value });
      const after = { ...before, ...Object.fromEntries(named.filter(([, value]) => value !== undefined)) };
      // To take away needs nothing; to give anything is to hand out all that comes of it.
      const problem = isNarrowing(after, before) ? null : mayHandOut(principal, after);
      if (problem) return refuseQuery(problem);
      return kept(() => {
        const updated = devices.update(id, after);
        return updated ? deviceView(updated, isOnline(id)) : refuseQuery(notFound('device'));
      });
    },
    devices_revoke({ id }, principal) {
      return device(principal, id) && kept(() => devices.revoke(id)) === true ? {} : refuseQuery(notFound('device'));
    },
    devices_delete({ id }, principal) {
      if (!device(principal, id)) return refuseQuery(notFound('device'));
      return kept(() => (devices.remove(id) ? {} : refuseQuery(stillGood('device'))));
    },

    async pairing_create({ name, ...asked }, principal) {
      const checked = await rightsOf(principal, asked);
      if (!checked.ok) return checked.refusal;
      const reached = await addresses();
      if (reached.length === 0) return refuseQuery(noAddress);
      return kept(() => {
        const pair = identity.get();
        if (!pair.ok) return refuseQuery(pair.error);
        const { offer, code } = offers.create({ name, ...checked.rights, by: holderOf(principal) });
        const links = pairingLinks({ publicKey: pair.value.publicKey, code, name }, reached);
        return {
          pairing_id: offer.pairing_id,
          link: links[0]!.link,
          links,
          fingerprint: fingerprintOf(pair.value.publicKey),
          expires_at: offer.offered_until,
        };
      });
    },
    pairing_cancel({ pairing_id }, principal) {
      const offer = offers.get(pairing_id);
      if (!offer || !seesCredential(principal, offer.restrictions)) return refuseQuery(notFound('pairing'));
      offers.remove(pairing_id);
      return {};
    },
    gateway_identity: () =>
      kept(() => {
        const pair = identity.get();
        if (!pair.ok) return refuseQuery(pair.error);
        const { publicKey } = pair.value;
        return { fingerprint: fingerprintOf(publicKey), public_key: toBase64url(publicKey) };
      }),
  };
}

export function deviceView(device: KeptDevice, online: boolean): Device {
  const { public_key, ...shown } = device;
  return { ...shown, fingerprint: fingerprintOf(public_key), online };
}

/** Tells those who may manage them that lists of keys and devices changed. */
export function tellChanges({ keys, devices }: Pick<AccessQueryParts, 'keys' | 'devices'>, bus: SessionBus): void {
  keys.changed.on(() => bus.accessChanged.emit('keys'));
  devices.changed.on(() => bus.accessChanged.emit('devices'));
}

function kept<T>(write: () => T): T | QueryRefusal {
  try {
    return write();
  } catch (cause) {
    const error = storageError(cause);
    if (error instanceof StorageError) return refuseQuery(storageProblem(error));
    throw cause;
  }
}

const nothingChanged = 'Nothing was changed.';

const notFound = (what: 'key' | 'device' | 'pairing'): Problem => ({
  code: 'not_found',
  say: say('access.notFound', { what }),
  message: `There is no such ${what}, or it is gone already.`,
  impact: nothingChanged,
  next: 'Look at the list again.',
});

const stillGood = (what: 'key' | 'device'): Problem => ({
  code: 'conflict',
  say: say('access.stillGood', { what }),
  message: `This ${what} can still be used.`,
  impact: 'It was not taken off the list.',
  next: `Revoke the ${what} first.`,
});

const notRotated = (successor: string | null): Problem => ({
  code: 'conflict',
  say: successor ? say('access.rotatedBefore', { successor }) : say('access.keyOver'),
  message: successor
    ? `This key was rotated before; the key ${successor} took its place.`
    : 'This key was revoked, or has run out.',
  impact: 'No new secret was made.',
  next: successor ? `Rotate the key ${successor}, if its secret was lost.` : 'Make a new key.',
});

const madeBefore = (id: string): Problem => ({
  code: 'conflict',
  say: say('access.madeBefore', { id }),
  message: `This key was made before, by the first try of this request: ${id}.`,
  impact: 'No second key was made. The secret was told once and is not told again.',
  next: `If the answer to the first try was lost, rotate the key ${id}.`,
});

const alreadyOver: Problem = {
  code: 'invalid_frame',
  say: say('access.alreadyOver'),
  message: 'The access would have ended before it began.',
  impact: 'Nothing was made or changed.',
  next: 'Choose a time that lies ahead, or none.',
};

const noAddress: Problem = {
  code: 'not_found',
  say: say('access.noAddressForDevices'),
  message: 'This app serves no address.',
  impact: 'A device could not reach it, so no pairing was offered.',
  next: 'Start it with a gateway, and let other devices on the network reach it (Settings, Devices).',
};
