import { homedir } from 'node:os';
import type { createAccess } from './access.ts';
import { createAgentQueries } from './agents/agent-queries.ts';
import type { CustomAgents } from './agents/custom-agents.ts';
import type { Clock } from './base/clock.ts';
import type { SessionBus } from './bus/session-bus.ts';
import type { createData } from './data/data.ts';
import { createDoctor } from './diagnostics/doctor.ts';
import type { AppLog } from './diagnostics/log.ts';
import { readLog } from './diagnostics/read-log.ts';
import { createDraftQueries } from './draft-queries.ts';
import type { createExportQueries } from './export-queries.ts';
import type { createFileAccess } from './file-access.ts';
import type { Gateway } from './gateway/gateway.ts';
import { createGatewayQueries } from './gateway/lan/queries.ts';
import type { createDatabaseWatch } from './housekeeping.ts';
import type { Imports } from './imports/imports.ts';
import { plugInImports } from './imports/plug-in.ts';
import { createMentions } from './mentions/mentions.ts';
import { narrowedAnswers } from './narrowed-answers.ts';
import type { Onboarding } from './onboarding/onboarding.ts';
import type { RegisteredHall } from './orchestrator/hall.ts';
import type { Orchestrator } from './orchestrator/orchestrator.ts';
import type { Entropy, EventStore, Folders, QueryHandlers, RuleStore } from './orchestrator/ports.ts';
import type { ServerStatus } from './protocol/views.ts';
import type { ProviderRegistry } from './providers/registry.ts';
import { createQueries } from './queries.ts';
import { createRuleQueries } from './rule-queries.ts';
import type { KnownSecrets } from './security/known-secrets.ts';
import { listFolders } from './security/list-folders.ts';
import { redactedAnswers } from './security/redacted-answers.ts';
import { createServerQueries, type RestartWay } from './server-queries.ts';
import { createListQueries } from './session-lists.ts';
import { createSessionQueries } from './session-queries.ts';
import type { createSignIn } from './sign-in.ts';
import type { AttachmentStore } from './storage/attachment-store.ts';
import { createCostStore } from './storage/cost-store.ts';
import { createKvStore } from './storage/kv-store.ts';
import type { NotUnderstoodStore } from './storage/not-understood-store.ts';
import type { Db } from './storage/open-database.ts';
import type { SettingsStore } from './storage/settings-store.ts';

export interface AllQueryParts {
  home: string;
  databaseFile: string;
  version: string;
  composition: 'desktop' | 'headless' | 'cli';
  clock: Clock;
  entropy: Entropy;
  db: Db;
  store: EventStore;
  rules: RuleStore;
  folders: Folders;
  settings: SettingsStore;
  attachments: AttachmentStore;
  notUnderstood: NotUnderstoodStore;
  secrets: KnownSecrets;
  redactAll: (text: string) => string;
  bus: SessionBus;
  orchestrator: Orchestrator;
  onboarding: Onboarding;
  registry: ProviderRegistry;
  agents: CustomAgents;
  access: ReturnType<typeof createAccess>;
  signIn: ReturnType<typeof createSignIn>;
  data: ReturnType<typeof createData>;
  exportQueries: ReturnType<typeof createExportQueries>;
  files: ReturnType<typeof createFileAccess>;
  imports: Imports;
  watch: ReturnType<typeof createDatabaseWatch>;
  log: AppLog;
  status: () => ServerStatus;
  hall: () => RegisteredHall;
  gateway: () => Gateway | null;
  openLink: () => string | null;
  stop: () => void;
  restart: { way: () => RestartWay; begin: () => void };
}

/** The answers to all questions of the protocol, room by room; nobody gets more than they may see, and nobody a secret. */
export function createAllQueries(parts: AllQueryParts): QueryHandlers {
  const { home, clock, entropy, db, store, rules, folders, settings, attachments, bus } = parts;
  const { orchestrator, onboarding, registry, imports, secrets, log } = parts;
  const doctor = createDoctor({
    version: parts.version,
    versions: process.versions,
    home,
    databaseFile: parts.databaseFile,
    logFile: log.file,
    url: () => parts.status().url,
    databaseProblems: parts.watch.problems,
    providers: async () => [...(await registry.refresh())],
    notUnderstood: parts.notUnderstood.list,
    keys: onboarding.keys,
    redact: secrets.redactValue,
  });
  const all = {
    ...createQueries({
      store,
      async providers(refresh) {
        if (refresh) onboarding.renew();
        return [...(await (refresh ? registry.refresh() : registry.detect()))];
      },
      listFolders,
      doctor,
      status: parts.status,
      openLink: parts.openLink,
      stop: parts.stop,
    }),
    ...parts.access.queries,
    ...createServerQueries({
      orchestrator,
      costs: createCostStore(db),
      kv: createKvStore(db),
      agents: () => registry.detect(),
      async reload() {
        onboarding.renew();
        return registry.refresh();
      },
      restart: parts.restart,
    }),
    ...createAgentQueries(parts.agents),
    ...parts.signIn.queries,
    ...createSessionQueries({ orchestrator, attachments, settings }),
    ...createListQueries({ orchestrator, store }),
    ...parts.exportQueries.queries,
    ...parts.data.queries,
    log_read: (asked) => readLog(log.file, asked, parts.redactAll),
    ...createRuleQueries({ orchestrator, rules, folders, clock, entropy }),
    ...parts.files.queries,
    ...createDraftQueries({ db, orchestrator, bus, attachments }),
    ...createMentions({ home, userHome: homedir(), orchestrator, folders, clock }),
    ...onboarding.queries(registry),
    ...createGatewayQueries({ gateway: parts.gateway, clients: () => parts.hall().clients() }),
    ...plugInImports(imports, {
      bus,
      orchestrator,
      settings,
      reads: parts.composition !== 'cli' && process.env.QUARTERDECK_IMPORTS !== 'off',
    }),
  } as QueryHandlers;
  return redactedAnswers(secrets, narrowedAnswers(all, orchestrator));
}
