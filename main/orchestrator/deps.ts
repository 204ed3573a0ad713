import type { Clock } from '../base/clock.ts';
import type { SessionBus } from '../bus/session-bus.ts';
import type { ProviderId } from '../protocol/ids.ts';
import type { Settings } from '../protocol/settings.ts';
import type { GoalTools } from './goals.ts';
import type { AttachmentFiles, Entropy, EventStore, Folders, ImportSource, Log, Provider, RuleStore } from './ports.ts';

/** What the core is given. */
export interface OrchestratorDeps {
  store: EventStore;
  rules: RuleStore;
  providers: ReadonlyMap<ProviderId, Provider>;
  folders: Folders;
  bus: SessionBus;
  clock: Clock;
  entropy: Entropy;
  log: Log;
  /** As they are now; asked each time. */
  settings: () => Settings;
  attachments: AttachmentFiles;
  /** The app's own tool server; without it agents report on goals in words. */
  goalTools?: GoalTools;
  imports?: ImportSource;
  /** How long a stopped turn may take to end by itself, milliseconds; then its process is closed. */
  abortGraceMs?: number;
}
