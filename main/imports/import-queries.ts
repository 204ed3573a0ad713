import { refuseQuery } from '../orchestrator/connection.ts';
import type { QueryHandlers } from '../orchestrator/ports.ts';
import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';
import type { Imports } from './imports.ts';

const notThere: Problem = {
  code: 'not_found',
  say: say('imports.notShown'),
  message: 'There is no such conversation in the vault.',
  impact: 'Nothing is shown.',
  next: 'Look at the list again; it may have changed.',
};

const failed = (error: unknown): Problem => ({
  code: 'storage_failed',
  say: say('imports.vaultUnreadable'),
  message: 'The vault with the conversations of your CLIs could not be read.',
  impact: 'Your sessions here and the CLIs’ own files are not affected.',
  next: 'Start Quarterdeck again; if it stays so, look at the log file (Settings shows where it is).',
  detail: error instanceof Error ? error.message : String(error),
});

type ImportQueries = Pick<QueryHandlers, 'import_status' | 'import_scan' | 'imports_list' | 'import_read' | 'search'>;

/** Answers about the CLIs' own conversations. */
export function createImportQueries(imports: Imports): ImportQueries {
  const asked = async (answer: Promise<unknown>): Promise<unknown> => {
    try {
      return (await answer) ?? refuseQuery(notThere);
    } catch (error) {
      return refuseQuery(failed(error));
    }
  };
  return {
    import_status: () => asked(imports.ask('status', {})),
    import_scan: () => asked(imports.ask('scan', { wait: false })),
    imports_list: ({ provider, cursor, limit }) => asked(imports.ask('list', { provider, cursor, limit })),
    import_read: ({ import_id, after, limit }) => asked(imports.ask('read', { import_id, after, limit })),
    search: ({ text, limit }) => asked(imports.ask('search', { text, limit })),
  };
}
