import type { Actor } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';

/** Who it was, in words. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'owner') return t.actor.owner;
  if (actor.name) return actor.name;
  if (actor.kind === 'rule') return t.actor.rule;
  if (actor.kind === 'mode') return t.actor.mode;
  if (actor.kind === 'app') return t.actor.app;
  return t.actor.unknown;
}

/** Whether something was done by the device or key this page is signed in with: one's own words need no name. */
export function isSame(actor: Actor, self: Actor | null): boolean {
  return self !== null && actor.kind === self.kind && (actor.id ?? actor.name) === (self.id ?? self.name);
}
