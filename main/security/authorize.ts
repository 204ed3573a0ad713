import type { Principal } from '../orchestrator/ports.ts';
import type { Problem } from '../protocol/errors.ts';
import type { ClientFrame } from '../protocol/frames.ts';
import type { Scope } from '../protocol/queries.ts';
import { say } from '../protocol/saying.ts';
import { holds } from './principal.ts';
import { frameScopes, type Needs } from './scopes.ts';

/**
 * May this principal send this frame? The one question every door asks, after the frame was decoded and before anything happens.
 * @returns null when it may, else what to tell the client: the scopes that are missing, never more.
 */
export function authorize(principal: Principal, frame: ClientFrame): Problem | null {
  const needs = frameScopes[frame.type] as Needs<ClientFrame>;
  return missingScopes(principal, typeof needs === 'function' ? needs(frame) : needs, `"${frame.type}"`);
}

/**
 * The same question for anything else that needs scopes, e.g. an HTTP route.
 * @param what - names what is asked for, in the message.
 */
export function missingScopes(principal: Principal, needs: readonly Scope[], what: string): Problem | null {
  const missing = [...new Set(needs)].filter((scope) => !holds(principal, scope));
  if (missing.length === 0) return null;
  const named = missing.join(', ');
  return {
    code: 'forbidden',
    say: say('scope.missing', { what, scopes: missing.join(', '), count: missing.length }),
    message: `${what} needs ${missing.length === 1 ? 'the scope' : 'the scopes'} ${named}, which this credential does not have.`,
    impact: 'It was not carried out; nothing changed.',
    next: `Use a key that has ${named}, or ask the owner to do it in the window.`,
  };
}
