import type { Principal } from '../orchestrator/ports.ts';
import { Scope } from '../protocol/queries.ts';
import type { Actor } from '../protocol/values.ts';

/** The person this machine's Quarterdeck belongs to, through the given door. */
export function ownerPrincipal(via: Actor['via']): Principal {
  return { actor: { kind: 'owner', via }, scopes: new Set(Scope.options) };
}

/** Whether the principal may do what this scope stands for. The owner may do everything, `admin` implies every scope. */
export function holds(principal: Principal, scope: Scope): boolean {
  return principal.actor.kind === 'owner' || principal.scopes.has('admin') || principal.scopes.has(scope);
}
