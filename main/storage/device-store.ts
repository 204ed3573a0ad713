import { randomBytes } from 'node:crypto';
import { Emitter } from '../base/emitter.ts';
import type { LastUsed, Restrictions } from '../protocol/access.ts';
import type { Scope } from '../protocol/queries.ts';
import { plainSeen, type RightsRow, rightsOf, type Seen, touchEveryMs } from './last-used.ts';
import type { Db } from './open-database.ts';

/** A paired device as it is kept. Times are milliseconds since 1970. */
export interface KeptDevice {
  id: string;
  name: string;
  /** X25519, 32 bytes. */
  public_key: Uint8Array;
  scopes: Scope[];
  restrictions: Restrictions;
  created_at: number;
  expires_at: number | null;
  last_used: LastUsed | null;
  revoked_at: number | null;
}

/** What of a device a person can change. */
export type DeviceChange = Partial<Pick<KeptDevice, 'name' | 'scopes' | 'restrictions' | 'expires_at'>>;

export interface DeviceStore {
  create(device: Omit<KeptDevice, 'id' | 'created_at' | 'last_used' | 'revoked_at'>): KeptDevice;
  /** Newest first, revoked ones included. */
  list(): KeptDevice[];
  get(id: string): KeptDevice | null;
  /** The device of this id that may come in; null: there is none, it was revoked, or its time is over. */
  find(id: string): KeptDevice | null;
  /** Null when there is no such device or it was revoked. Tells `rightsChanged` when its rights are others now, even wider ones. */
  update(id: string, change: DeviceChange): KeptDevice | null;
  /** False when there is no such device or it was revoked before. Tells `revoked`. */
  revoke(id: string): boolean;
  /** Takes a device off the list that is revoked or whose time is over. */
  remove(id: string): boolean;
  /** Notes that the device was there. Coarse (a minute), best effort. */
  touch(id: string, seen: Seen): void;
  /** Ids at the moment they are revoked. */
  readonly revoked: Emitter<string>;
  /** Ids at the moment their rights changed: what is open was opened with others. */
  readonly rightsChanged: Emitter<string>;
  /** The list is not what it was. */
  readonly changed: Emitter<void>;
}

interface Row extends RightsRow {
  id: string;
  name: string;
  public_key: Buffer;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
}

const columns =
  'id, name, public_key, scopes, restrictions, created_at, expires_at, last_used_at, last_used_address, last_used_client, revoked_at';

function fromRow(row: Row): KeptDevice {
  const { id, name, public_key, created_at, expires_at, revoked_at } = row;
  return { id, name, public_key, ...rightsOf(row), created_at, expires_at, revoked_at };
}

/** The only writer of `devices`. */
export function createDeviceStore(db: Db, now: () => number = Date.now): DeviceStore {
  const insert = db.prepare(
    'INSERT INTO devices (id, name, public_key, scopes, restrictions, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const all = db.prepare<[], Row>(`SELECT ${columns} FROM devices ORDER BY created_at DESC, id`);
  const byId = db.prepare<[string], Row>(`SELECT ${columns} FROM devices WHERE id = ?`);
  const setRights = db.prepare(
    'UPDATE devices SET name = ?, scopes = ?, restrictions = ?, expires_at = ? WHERE id = ? AND revoked_at IS NULL',
  );
  const setRevoked = db.prepare('UPDATE devices SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');
  const setUsed = db.prepare(
    'UPDATE devices SET last_used_at = ?, last_used_address = ?, last_used_client = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at <= ?)',
  );
  const remove = db.prepare('DELETE FROM devices WHERE id = ? AND (revoked_at IS NOT NULL OR expires_at <= ?)');
  const revoked = new Emitter<string>();
  const rightsChanged = new Emitter<string>();
  const changed = new Emitter<void>();
  const get = (id: string) => {
    const row = byId.get(id);
    return row ? fromRow(row) : null;
  };
  const rightsText = (one: KeptDevice) => JSON.stringify([one.scopes, one.restrictions, one.expires_at]);

  return {
    revoked,
    rightsChanged,
    changed,
    get,
    create(device) {
      const id = `dev_${randomBytes(8).toString('hex')}`;
      const { name, public_key, scopes, restrictions, expires_at } = device;
      const rights = [JSON.stringify([...new Set(scopes)]), JSON.stringify(restrictions)];
      insert.run(id, name, Buffer.from(public_key), ...rights, now(), expires_at);
      changed.emit();
      return get(id)!;
    },
    list: () => all.all().map(fromRow),
    find(id) {
      const device = get(id);
      if (device === null || device.revoked_at !== null) return null;
      return device.expires_at !== null && device.expires_at <= now() ? null : device;
    },
    update(id, change) {
      const before = get(id);
      if (before === null || before.revoked_at !== null) return null;
      const after = { ...before, ...change };
      const rights = [JSON.stringify([...new Set(after.scopes)]), JSON.stringify(after.restrictions)];
      setRights.run(after.name, ...rights, after.expires_at, id);
      if (rightsText(before) !== rightsText(after)) rightsChanged.emit(id);
      changed.emit();
      return get(id);
    },
    revoke(id) {
      if (setRevoked.run(now(), id).changes === 0) return false;
      revoked.emit(id);
      changed.emit();
      return true;
    },
    remove(id) {
      const removed = remove.run(id, now()).changes > 0;
      if (removed) changed.emit();
      return removed;
    },
    touch(id, seen) {
      try {
        const { address, client } = plainSeen(seen);
        setUsed.run(now(), address, client, id, now() - touchEveryMs);
      } catch {
        // Best effort, see the port.
      }
    },
  };
}
