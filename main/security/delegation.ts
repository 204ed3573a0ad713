import type { Principal } from '../orchestrator/ports.ts';
import { isNarrowerOrEqual } from '../orchestrator/restrictions.ts';
import type { Restrictions } from '../protocol/access.ts';
import type { Problem } from '../protocol/errors.ts';
import type { Scope } from '../protocol/queries.ts';
import { type Saying, say } from '../protocol/saying.ts';
import { holds } from './principal.ts';

/** What a credential may do, where, and until when. */
export interface Rights {
  scopes: readonly Scope[];
  restrictions: Restrictions;
  /** Milliseconds since 1970; null: for ever. */
  expires_at: number | null;
}

/**
 * Nobody hands out more than they hold: neither more scopes, nor a wider reach, nor for longer.
 * @returns null when this principal may hand these rights out.
 */
export function mayHandOut(principal: Principal, rights: Rights): Problem | null {
  const missing = rights.scopes.filter((scope) => !holds(principal, scope));
  if (missing.length > 0)
    return tooMuch(
      say('scope.tooMuch', { scopes: missing.join(', ') }),
      `the scope${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`,
    );
  if (!isNarrowerOrEqual(rights.restrictions, principal.restrictions ?? {})) {
    return tooMuch(say('scope.tooWide'), 'folders or sessions that lie outside of what this credential is narrowed to');
  }
  const ends = principal.expiresAt ?? null;
  if (ends !== null && (rights.expires_at === null || rights.expires_at > ends)) {
    return tooMuch(say('scope.tooLong'), 'a time beyond the end of this credential');
  }
  return null;
}

/** Are these rights at most those, in every respect? */
export function isNarrowing(after: Rights, before: Rights): boolean {
  const held = new Set(before.scopes);
  return (
    (held.has('admin') || after.scopes.every((scope) => held.has(scope))) &&
    isNarrowerOrEqual(after.restrictions, before.restrictions) &&
    (before.expires_at === null || (after.expires_at !== null && after.expires_at <= before.expires_at))
  );
}

/** Does somebody who is narrowed see a credential that may do this? Only one that reaches nothing they do not. */
export const seesCredential = ({ restrictions }: Principal, other: Restrictions): boolean =>
  isNarrowerOrEqual(other, restrictions ?? {});

const tooMuch = (say: Saying, what: string): Problem => ({
  code: 'forbidden',
  say,
  message: `This would hand out more than this credential holds: ${what}.`,
  impact: 'Nothing was made or changed.',
  next: 'Give less, or ask the owner to do it in the window.',
});
