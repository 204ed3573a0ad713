import { homedir } from 'node:os';
import { createAccess } from './access.ts';
import { createAllQueries } from './all-queries.ts';
import { err, ok, type Result } from './base/result.ts';
import { createSessionBus } from './bus/session-bus.ts';
import { createProviders } from './create-providers.ts';
import { createData } from './data/data.ts';
import { createDataState } from './data/data-state.ts';
import { createLog } from './diagnostics/log.ts';
import { createEntropy } from './entropy.ts';
import { createExportQueries } from './export-queries.ts';
import { createFileAccess } from './file-access.ts';
import type { Gateway } from './gateway/gateway.ts';
import { pairingAddresses } from './gateway/lan/pairing-addresses.ts';
import { startGoalServer } from './goals/goal-server.ts';
import { clearRunning, homePaths, writeRunning } from './home.ts';
import { createDatabaseWatch, startHousekeeping } from './housekeeping.ts';
import { createImports } from './imports/imports.ts';
import { createOnboarding } from './onboarding/onboarding.ts';
import { createOpenGateway } from './open-gateway.ts';
import { openHome, type StartRefusal } from './open-home.ts';
import { createHall, type RegisteredHall } from './orchestrator/hall.ts';
import { Orchestrator } from './orchestrator/orchestrator.ts';
import type { Hall, Principal } from './orchestrator/ports.ts';
import type { Problem } from './protocol/errors.ts';
import { protocolVersion } from './protocol/version.ts';
import type { ServerStatus, SessionSummary } from './protocol/views.ts';
import { endLeftRuns } from './providers/process/end-processes.ts';
import { endRecordedRuns } from './providers/process/end-recorded-runs.ts';
import { instanceName } from './providers/process/run-id.ts';
import { createRunRecords } from './providers/process/run-records.ts';
import { authorize } from './security/authorize.ts';
import { createFolders } from './security/folders.ts';
import type { SafeStorage } from './security/keychain-box.ts';
import { createKnownSecrets } from './security/known-secrets.ts';
import { ownerPrincipal } from './security/principal.ts';
import { redactFields, redactText } from './security/redact.ts';
import type { RestartWay } from './server-queries.ts';
import { createSignIn } from './sign-in.ts';
import { createAttachmentStore } from './storage/attachment-store.ts';
import { createAttachmentUses } from './storage/attachment-uses.ts';
import { createEventStore } from './storage/event-store.ts';
import { createExportStore } from './storage/export-store.ts';
import { createKeyStore } from './storage/key-store.ts';
import { createLoginStore } from './storage/login-store.ts';
import { createNotUnderstoodStore } from './storage/not-understood-store.ts';
import { createProviderKeyStore } from './storage/provider-key-store.ts';
import { createRuleStore } from './storage/rule-store.ts';
import { createSettingsStore } from './storage/settings-store.ts';
import { systemClock as clock } from './system-clock.ts';

export type { StartRefusal };

export interface BootstrapOptions {
  /** Absolute path of the folder where everything lives; made when it is missing. */
  home: string;
  composition: 'desktop' | 'headless' | 'cli';
  version: string;
  /** Port of the gateway on 127.0.0.1; 0: any; null: no gateway. */
  port: number | null;
  /** The person named this port: when it is taken, that is a problem. Else another one is chosen. */
  portFixed: boolean;
  /** The port of the process that this one took the place of. */
  portBefore?: number | null;
  /** Address the gateway listens on beside 127.0.0.1, for this run; 0.0.0.0: every one. */
  host?: string | null;
  /** Folder of the built renderer. */
  rendererDir: string;
  /** The system's keychain, where the composition has it; without it a key file in the home wraps stored API keys. */
  safeStorage?: SafeStorage;
}

/** The running app, as its compositions (window, headless, command line) hold it. */
export interface App {
  hall: Hall;
  home: string;
  /** Base address of the gateway, e.g. `http://127.0.0.1:8741`. */
  readonly url: string | null;
  /** What the person has to know of this start: a damaged database was set aside, a token was replaced. Clients are told it in their welcome. */
  notices: readonly Problem[];
  /** The session list. */
  summaries(): SessionSummary[];
  /** Hears each session that changed, after it was stored. */
  onSummary(listener: (summary: SessionSummary) => void): void;
  /** Takes what is, or looks like, a secret out of a text. */
  redact(text: string): string;
  /** Turns that run now. */
  readonly runningTurns: number;
  /** A fresh one-time link for a browser on this machine. */
  openLink(): string | null;
  /** The code of the first-run setup and the file it stands in; null when there is nothing to set up. */
  setupCode(): { code: string; file: string } | null;
  /** The person at this machine. */
  owner(via: 'window' | 'cli'): Principal;
  /** Somebody asked the app to end (`quarterdeck stop`). */
  onStopRequested(callback: () => void): void;
  /** How a request to start again is carried out; without it the app says that it cannot. */
  onRestartRequested(restart: { way: RestartWay; begin: () => void }): void;
  /** Ends every turn and every process, makes a last backup, closes everything. Idempotent. */
  close(): Promise<void>;
}

/**
 * Builds the real parts and hands them to one another: the only place that does. The window, headless and the command line all start here.
 * Nothing is left behind when it refuses.
 */
export async function bootstrap(options: BootstrapOptions): Promise<Result<App, StartRefusal>> {
  const { home, composition, version } = options;
  const paths = homePaths(home);
  const dataState = createDataState(paths.dataState);
  const opened = await openHome(home, composition, dataState);
  if (!opened.ok) return opened;
  const { db, token, unclean, notices, release } = opened.value;

  const secrets = createKnownSecrets();
  const redact = (text: string) => secrets.redact(text);
  /** What looks like a secret as well. */
  const redactAll = (text: string) => redactText(redact(text));
  const log = createLog({
    folder: paths.logs,
    redactText: redactAll,
    redactFields: (fields) => secrets.redactValue(redactFields(fields)),
    load: async () => (await import('electron-log/node')).default,
    now: Date.now,
  });
  for (const notice of notices) log.warn('start', { ...notice });
  const instance = instanceName(home);
  const records = createRunRecords(paths.processes);
  if (unclean) {
    const ended = (await endLeftRuns(instance)) + (await endRecordedRuns(records));
    if (ended > 0) log.warn('processes of a killed run were ended', { count: ended });
  }

  const bus = createSessionBus();
  const store = createEventStore(db);
  const rules = createRuleStore(db);
  const folders = createFolders();
  const entropy = createEntropy();
  const keys = createKeyStore(db);
  const logins = createLoginStore(db);
  const settings = createSettingsStore(db);
  const attachments = createAttachmentStore(paths.attachments, Date.now, createAttachmentUses(db).isNamed);
  const notUnderstood = createNotUnderstoodStore(db);
  const signIn = createSignIn({
    ...{ db, logins, keys, paths, secrets, clock, log },
    safeStorage: options.safeStorage ?? null,
    offersSetup: composition === 'headless',
  });
  const onboarding = createOnboarding({
    env: process.env,
    userHome: homedir(),
    instance,
    composition,
    safeStorage: options.safeStorage ?? null,
    paths,
    store: createProviderKeyStore(db),
    secrets,
    redactText,
    records,
    log,
  });
  const { registry, agents } = createProviders({
    ...{ db, home, instance, clock, records, onboarding, notUnderstood, secrets, redactText, bus, log },
  });
  const goalTools = await startGoalServer({
    version,
    log,
    report: (session_id, report) => orchestrator.goals.report(session_id, report),
  });
  const imports = createImports({
    home,
    database: paths.database,
    env: process.env,
    userHome: homedir(),
    log,
    // Not while the window comes up.
    scanAfterMs: composition === 'cli' ? null : 4000,
    secrets: {
      values() {
        onboarding.keys.learn();
        return secrets.values();
      },
      onAdded: secrets.onAdded,
    },
  });
  // Whoever connects later is told of it too.
  imports.notice.on((problem) => notices.push(problem));
  const orchestrator: Orchestrator = new Orchestrator({
    imports: imports.source,
    goalTools,
    settings: settings.get,
    attachments,
    store,
    rules,
    providers: registry.providers,
    folders,
    bus,
    clock,
    entropy,
    log,
  });
  const files = createFileAccess({ home, orchestrator, attachments });
  const settled = orchestrator.recover();
  if (settled > 0) log.info('turns of a killed run were settled', { count: settled });

  const watch = createDatabaseWatch(db, paths.checkDatabase, log);
  const exportQueries = createExportQueries({
    ...{ orchestrator, store, hashed: createExportStore(db) },
    redact,
  });
  const data = createData({
    ...{ db, home, paths, settings: settings.get, state: dataState, orchestrator, log },
    page: exportQueries.page,
    attachments,
    redact,
    canRestart: () => restart.way !== null,
    newId: () => entropy.id('task'),
  });
  const endHousekeeping = startHousekeeping({
    ...{ store, rules, log },
    tidy() {
      files.removeStale();
      void data.tidyFiles().then(() => data.retainBySettings());
    },
  });
  const started_at = Date.now();
  let gateway: Gateway | null = null;
  let url: string | null = null;
  let onStop = () => {};
  let restart: { way: RestartWay; begin: () => void } = { way: null, begin: () => {} };
  const openLink = () => gateway?.openLink() ?? null;
  const noteUrl = (now: string) => {
    url = now;
    writeRunning(home, { pid: process.pid, url, composition, started_at });
  };
  const status = (): ServerStatus => ({
    version,
    versions: (({ node, electron, chrome }) => ({ node, electron, chrome }))(process.versions),
    pid: process.pid,
    home,
    composition,
    url,
    started_at,
    sessions: orchestrator.summaries().length,
    running_turns: orchestrator.runningTurns,
    connections: hall.connections,
  });
  const access = createAccess({
    ...{ db, keys, bus, paths, secrets, clock, log },
    ownerToken: token,
    safeStorage: options.safeStorage ?? null,
    addresses: () => pairingAddresses(gateway),
  });
  const hall = createHall({
    orchestrator,
    bus,
    authorize,
    onUnreadable: watch.checkAtNextStart,
    log,
    queries: createAllQueries({
      ...{ home, databaseFile: paths.database, version, composition, clock, entropy, db, store, rules, folders },
      ...{ settings, attachments, notUnderstood, secrets, redactAll, bus, orchestrator, onboarding, registry, agents },
      ...{ access, signIn, data, exportQueries, files, imports, watch, log, status, openLink },
      hall: (): RegisteredHall => hall,
      gateway: () => gateway,
      stop: () => onStop(),
      restart: { way: () => restart.way, begin: () => restart.begin() },
    }),
    welcome: () => ({
      protocol: protocolVersion,
      version,
      server_time: Date.now(),
      home_dir: homedir(),
      platform: process.platform,
      notices,
      history: String(dataState.get().backup_opened_at ?? 0),
      providers: [...registry.current()],
    }),
  });

  access.guard(hall);

  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= (async () => {
      endHousekeeping();
      await Promise.allSettled([
        gateway?.close(),
        orchestrator.close(),
        goalTools.close(),
        imports.close(),
        agents.close(),
        onboarding.close(),
        signIn.close(),
      ]);
      await data.close();
      db.close();
      clearRunning(home);
      await log.close();
      release();
    })();
    return closing;
  };

  if (options.port !== null) {
    const opening = createOpenGateway({
      ...{ db, hall, keys, logins, ownerToken: token, access, signIn, files, settings, registry, paths },
      ...{ rendererDir: options.rendererDir, version, status, onMoved: noteUrl, log },
    });
    gateway = opening.gateway;
    const listening = await opening.listen({ ...options, port: options.port });
    if (!listening.ok) {
      await close();
      return err({ kind: 'problem', problem: listening.error });
    }
    noteUrl(listening.value);
  }
  log.info('started', { composition, url, version });
  return ok({
    hall,
    home,
    get url() {
      return url;
    },
    notices,
    summaries: () => orchestrator.summaries(),
    onSummary: (listener) => void bus.summary.on(listener),
    redact: redactAll,
    get runningTurns() {
      return orchestrator.runningTurns;
    },
    openLink,
    setupCode: () => signIn.browserSignIn.setup?.show() ?? null,
    owner: (via) => ownerPrincipal(via),
    onStopRequested(callback) {
      onStop = callback;
    },
    onRestartRequested(way) {
      restart = way;
    },
    close,
  });
}
