import type { Result } from './base/result.ts';
import { refuseQuery } from './orchestrator/connection.ts';
import type { EventStore, QueryHandlers } from './orchestrator/ports.ts';
import type { Problem } from './protocol/errors.ts';
import { say } from './protocol/saying.ts';
import type { ProviderInfo } from './protocol/values.ts';
import type { DoctorReport, FolderListing, ServerStatus } from './protocol/views.ts';

export interface QueryParts {
  store: EventStore;
  providers: (refresh: boolean) => Promise<ProviderInfo[]>;
  listFolders: (path?: string) => Promise<Result<FolderListing, Problem>>;
  doctor: () => Promise<DoctorReport>;
  status: () => ServerStatus;
  openLink: () => string | null;
  stop: () => void;
}

const notFound = (what: 'session'): Problem => ({
  code: 'not_found',
  say: say('access.notFound', { what }),
  message: `There is no such ${what}, or it is gone already.`,
  impact: 'Nothing was changed.',
  next: 'Look at the list again.',
});

type CoreQueries = Pick<
  QueryHandlers,
  'list_providers' | 'list_folders' | 'verify' | 'doctor' | 'status' | 'stop' | 'open_link'
>;

/** Answers to the questions of the protocol, each from the part that knows. */
export function createQueries(parts: QueryParts): CoreQueries {
  return {
    list_providers: async ({ refresh }) => ({ providers: await parts.providers(refresh ?? false) }),
    async list_folders({ path }) {
      const listing = await parts.listFolders(path);
      return listing.ok ? listing.value : refuseQuery(listing.error);
    },
    verify({ session_id }) {
      if (session_id && !parts.store.head(session_id)) return refuseQuery(notFound('session'));
      return parts.store.verify(session_id);
    },
    doctor: () => parts.doctor(),
    status: () => parts.status(),
    stop() {
      // After the answer is on its way.
      setTimeout(parts.stop, 50);
      return { stopping: true };
    },
    open_link() {
      const open_url = parts.openLink();
      if (open_url) return { open_url };
      return refuseQuery({
        code: 'not_found',
        say: say('gateway.noAddressForBrowsers'),
        message: 'This app serves no address.',
        impact: 'A browser cannot be let in.',
        next: 'Start it with "npm run serve", or use the window.',
      });
    },
  };
}
