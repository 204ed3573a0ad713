import type { Principal } from '../orchestrator/ports.ts';
import type { ApiKey } from '../protocol/access.ts';
import { Scope } from '../protocol/queries.ts';
import type { Actor } from '../protocol/values.ts';
import type { KeptDevice } from '../storage/device-store.ts';

/** The person this machine's Quarterdeck belongs to, through the given door. */
export function ownerPrincipal(via: Actor['via']): Principal {
  return { actor: { kind: 'owner', via }, scopes: new Set(Scope.options) };
}

/** Whoever holds this key. */
export function keyPrincipal(key: ApiKey, via: Actor['via']): Principal {
  const { id, name, scopes, restrictions, expires_at } = key;
  return { actor: { kind: 'api_key', id, name, via }, scopes: new Set(scopes), restrictions, expiresAt: expires_at };
}

/** A paired device, through the sealed door: there is no other for it. */
export function devicePrincipal(device: KeptDevice): Principal {
  const { id, name, scopes, restrictions, expires_at } = device;
  return {
    actor: { kind: 'device', id, name, via: 'sealed' },
    scopes: new Set(scopes),
    restrictions,
    expiresAt: expires_at,
  };
}

/** Whether the principal may do what this scope stands for. The owner may do everything, `admin` implies every scope. */
export function holds(principal: Principal, scope: Scope): boolean {
  return principal.actor.kind === 'owner' || principal.scopes.has('admin') || principal.scopes.has(scope);
}
