import type { Scope } from '../../main/protocol/scope.ts';

/** Does a credential with these scopes hold that one? `admin` implies all. */
export const holds = (scopes: readonly string[], scope: Scope): boolean =>
  scopes.includes('admin') || scopes.includes(scope);
