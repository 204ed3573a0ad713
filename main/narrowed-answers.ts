import { type QueryRefusal, refuseQuery } from './orchestrator/connection.ts';
import type { Orchestrator } from './orchestrator/orchestrator.ts';
import type { Principal, QueryHandlers } from './orchestrator/ports.ts';
import { isFolderWithin, isNarrowed, noFolder, sessionsWithin, withoutMachine } from './orchestrator/restrictions.ts';
import { say } from './protocol/saying.ts';
import type { ProviderInfo } from './protocol/values.ts';
import type { FolderListing, ImportedSession, SearchHit, VerifyReport } from './protocol/views.ts';
import { isInside } from './sessions/rules.ts';

type Narrowable = Pick<
  QueryHandlers,
  'verify' | 'list_folders' | 'list_providers' | 'imports_list' | 'import_read' | 'search'
>;

const isRefusal = (answer: unknown): answer is QueryRefusal =>
  (answer as { refused?: unknown } | null)?.refused === true;

const noImport = refuseQuery({
  code: 'not_found',
  say: say('imports.notShown'),
  message: 'There is no such conversation in the vault.',
  impact: 'Nothing is shown.',
  next: 'Look at the list again; it may have changed.',
});

/** Hits looked through for those that exist for whoever asks. */
const searched = 100;

/**
 * The same handlers for questions whose parts know nothing of restrictions; who is narrowed gets only what exists for them, and the words of "there is
 * no such" for the rest.
 */
export function narrowedAnswers<H extends Narrowable>(handlers: H, orchestrator: Pick<Orchestrator, 'summaries'>): H {
  const reached = (principal: Principal) => sessionsWithin(principal, orchestrator.summaries());
  // What a CLI's own conversation is about is its folder; it is no session that a list could name.
  const hasImport = (principal: Principal, { cwd }: { cwd: string | null }) =>
    cwd !== null && isFolderWithin(principal, cwd);

  const narrowed: Narrowable = {
    async verify(query, principal) {
      const report = (await handlers.verify(query, principal)) as VerifyReport | QueryRefusal;
      if (isRefusal(report)) return report;
      const known = reached(principal);
      const sessions = report.sessions.filter(({ session_id }) => known.has(session_id));
      return { ...report, sessions, ok: sessions.every(({ ok }) => ok) };
    },

    async list_folders(query, principal) {
      const roots = principal.restrictions?.sessions ? [] : (principal.restrictions?.workspaces ?? []);
      const path = query.path ?? roots[0];
      if (path === undefined) return refuseQuery(noFolder);
      const listing = (await handlers.list_folders({ ...query, path }, principal)) as FolderListing | QueryRefusal;
      const within = (one: string) => roots.some((root) => isInside(one, root));
      if (!within(isRefusal(listing) ? path : listing.path)) return refuseQuery(noFolder);
      if (isRefusal(listing)) return listing;
      const parent = listing.parent !== null && within(listing.parent) ? listing.parent : null;
      return { ...listing, parent, home: roots[0] };
    },

    async list_providers(query, principal) {
      const { providers } = (await handlers.list_providers({ ...query, refresh: false }, principal)) as {
        providers: ProviderInfo[];
      };
      return { providers: providers.map(withoutMachine) };
    },

    async imports_list(query, principal) {
      const answer = (await handlers.imports_list(query, principal)) as
        | { imports: ImportedSession[]; next: string | null }
        | QueryRefusal;
      if (isRefusal(answer)) return answer;
      return { ...answer, imports: answer.imports.filter((one) => hasImport(principal, one)) };
    },

    async import_read(query, principal) {
      const answer = (await handlers.import_read(query, principal)) as { session: ImportedSession } | QueryRefusal;
      if (isRefusal(answer) || hasImport(principal, answer.session)) return answer;
      return noImport;
    },

    async search(query, principal) {
      const answer = (await handlers.search({ ...query, limit: searched }, principal)) as
        | { hits: SearchHit[]; more: boolean }
        | QueryRefusal;
      if (isRefusal(answer)) return answer;
      const known = reached(principal);
      const hits = answer.hits.filter(({ where, cwd }) =>
        where.kind === 'session' ? known.has(where.session_id) : hasImport(principal, { cwd }),
      );
      return { hits: hits.slice(0, query.limit), more: hits.length > query.limit };
    },
  };

  const either = <T extends keyof Narrowable>(type: T) =>
    ((query: never, principal: Principal) =>
      (isNarrowed(principal) ? narrowed : handlers)[type](query, principal)) as Narrowable[T];
  const types = Object.keys(narrowed) as (keyof Narrowable)[];
  return { ...handlers, ...Object.fromEntries(types.map((type) => [type, either(type)])) };
}
