import { createHash } from 'node:crypto';
import type { Principal } from './orchestrator/ports.ts';

/**
 * The id of what is made by a request that may come twice: made of the client's own word for it, so that the second try finds what the first made,
 * also after a restart. Bound to the credential: nobody meets what another one made.
 * @returns 64 hexadecimal digits.
 */
export function idOfOnce({ actor }: Principal, what: 'key' | 'rule', once: string): string {
  return createHash('sha256')
    .update(JSON.stringify([what, actor.kind, actor.id ?? '', once]))
    .digest('hex');
}
