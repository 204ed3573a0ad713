import type { Db } from './open-database.ts';

/** The gateway's own key pair as it stands on disk: the public half, and the secret one wrapped. */
export interface KeptIdentity {
  public_key: Buffer;
  /** What wrapped the secret half, and alone can unwrap it. */
  box: string;
  wrapped: Buffer;
}

export interface IdentityStore {
  find(): KeptIdentity | null;
  /** Once and for all: another one is never put in its place. */
  add(identity: KeptIdentity): void;
}

/** The only writer of `gateway_identity`. */
export function createIdentityStore(db: Db, now: () => number = Date.now): IdentityStore {
  const find = db.prepare<[], KeptIdentity>('SELECT public_key, box, wrapped FROM gateway_identity WHERE id = 1');
  const add = db.prepare(
    'INSERT INTO gateway_identity (id, public_key, box, wrapped, created_at) VALUES (1, ?, ?, ?, ?)',
  );
  return {
    find: () => find.get() ?? null,
    add: ({ public_key, box, wrapped }) => void add.run(public_key, box, wrapped, now()),
  };
}
