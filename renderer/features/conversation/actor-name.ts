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
