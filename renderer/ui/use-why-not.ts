import type { Scope } from '../../main/protocol/scope.ts';
import { holds } from '../store/holds.ts';
import { t } from '../strings/index.ts';
import { useConnection } from './client-context.ts';

/** Rights without which something on the screen could only be refused. */
export type NeededRight = keyof typeof t.rights.without;

/**
 * Why this client may not do what needs these rights, in a sentence; null: it may, or has not been told yet. What cannot be done is shown as such, with
 * the reason, before anybody tries.
 */
export function useWhyNot(...needed: readonly (NeededRight & Scope)[]): string | null {
  const missing = useConnection(({ welcome }) => welcome && needed.find((scope) => !holds(welcome.scopes, scope)));
  return missing ? t.rights.without[missing] : null;
}
