import type { SessionBus } from '../bus/session-bus.ts';
import type { Orchestrator } from '../orchestrator/orchestrator.ts';
import type { QueryHandlers } from '../orchestrator/ports.ts';
import type { ProviderId, SessionId } from '../protocol/ids.ts';
import type { SettingsStore } from '../storage/settings-store.ts';
import { createImportQueries } from './import-queries.ts';
import type { Imports } from './imports.ts';

export interface ImportSurroundings {
  bus: SessionBus;
  orchestrator: Pick<Orchestrator, 'tellOtherWriter'>;
  settings: Pick<SettingsStore, 'get' | 'changed'>;
  /** Begin to read by itself. A verb of the command line on its own only answers. */
  reads: boolean;
}

/** Joins the vault with the rest of the app: what it tells, what it is told, and the questions it answers. */
export function plugInImports(
  imports: Imports,
  { bus, orchestrator, settings, reads }: ImportSurroundings,
): Pick<QueryHandlers, keyof ReturnType<typeof createImportQueries>> {
  imports.status.on((status) => bus.importStatus.emit(status));
  imports.grown.on((grown) => bus.importGrown.emit(grown));
  imports.notice.on((problem) => bus.problem.emit({ session_id: null, problem }));
  imports.otherWriter.on(({ session_id, provider }) =>
    orchestrator.tellOtherWriter(session_id as SessionId, provider as ProviderId),
  );
  bus.summary.on(() => imports.logChanged());
  bus.removed.on(() => imports.logChanged());
  settings.changed.on(({ import_enabled }) => imports.setEnabled(import_enabled));
  imports.setEnabled(settings.get().import_enabled);
  if (reads) imports.start(settings.get().import_enabled);
  return createImportQueries(imports);
}
