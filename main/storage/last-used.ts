import type { LastUsed, Restrictions } from '../protocol/access.ts';
import type { Scope } from '../protocol/queries.ts';

/** A use is written at most this often for one credential: a script that connects in a loop must not become a stream of commits. */
export const touchEveryMs = 60_000;

/** Where a credential was used from. */
export interface Seen {
  address: string;
  client: string;
}

/** What rows of keys and devices have in common. */
export interface RightsRow {
  scopes: string;
  restrictions: string;
  last_used_at: number | null;
  last_used_address: string | null;
  last_used_client: string | null;
}

const maxChars = 100;

/** What a client says of itself goes into lists that people read: one line, bounded. */
export const plainSeen = ({ address, client }: Seen): Seen => ({ address: plain(address), client: plain(client) });

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
const plain = (text: string): string => text.replace(control, ' ').slice(0, maxChars);

/** The columns as the protocol has them. */
export const rightsOf = (
  row: RightsRow,
): { scopes: Scope[]; restrictions: Restrictions; last_used: LastUsed | null } => ({
  scopes: JSON.parse(row.scopes) as Scope[],
  restrictions: JSON.parse(row.restrictions) as Restrictions,
  last_used:
    row.last_used_at === null
      ? null
      : { at: row.last_used_at, address: row.last_used_address ?? '', client: row.last_used_client ?? '' },
});
