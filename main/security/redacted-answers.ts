import type { QueryHandlers } from '../orchestrator/ports.ts';
import type { KnownSecrets } from './known-secrets.ts';

/** The same handlers; no answer of theirs has a known secret in it, whichever part made it. */
export function redactedAnswers(secrets: KnownSecrets, handlers: QueryHandlers): QueryHandlers {
  type Handler = (query: never, principal: never) => unknown;
  const clean = Object.entries(handlers as unknown as { [type: string]: Handler }).map(
    ([type, handle]) =>
      [type, async (query: never, principal: never) => secrets.redactValue(await handle(query, principal))] as const,
  );
  return Object.fromEntries(clean) as unknown as QueryHandlers;
}
