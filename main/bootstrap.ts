import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createAccess } from './access.ts';
import { createAgentQueries } from './agents/agent-queries.ts';
import { CustomAgents } from './agents/custom-agents.ts';
import { err, ok, type Result } from './base/result.ts';
import { createSessionBus } from './bus/session-bus.ts';
import { fingerprintOf } from './crypto/fingerprint.ts';
import { createData } from './data/data.ts';
import { createDataState } from './data/data-state.ts';
import { tellOfRestore } from './data/tell-of-restore.ts';
import { createDoctor } from './diagnostics/doctor.ts';
import { createLog } from './diagnostics/log.ts';
import { createNotUnderstood } from './diagnostics/not-understood.ts';
import { readLog } from './diagnostics/read-log.ts';
import { createDraftQueries } from './draft-queries.ts';
import { createEntropy } from './entropy.ts';
import { createExportQueries } from './export-queries.ts';
import { createFileAccess } from './file-access.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { pairingAddresses } from './gateway/lan/pairing-addresses.ts';
import { createGatewayQueries } from './gateway/lan/queries.ts';
import { startGoalServer } from './goals/goal-server.ts';
import { clearRunning, homePaths, readRunning, writeRunning } from './home.ts';
import { createImports } from './imports/imports.ts';
import { plugInImports } from './imports/plug-in.ts';
import { createMentions } from './mentions/mentions.ts';
import { narrowedAnswers } from './narrowed-answers.ts';
import { createOnboarding } from './onboarding/onboarding.ts';
import { createHall } from './orchestrator/hall.ts';
import { Orchestrator } from './orchestrator/orchestrator.ts';
import type { EventStore, Hall, Log, Principal, QueryHandlers, RuleStore } from './orchestrator/ports.ts';
import type { Problem } from './protocol/errors.ts';
import { protocolVersion } from './protocol/version.ts';
import type { ServerStatus, SessionSummary } from './protocol/views.ts';
import { ClaudeProvider } from './providers/claude/adapter.ts';
import { CodexProvider } from './providers/codex/adapter.ts';
import { createDemoProvider } from './providers/demo/adapter.ts';
import { GeminiProvider } from './providers/gemini/adapter.ts';
import { endLeftRuns } from './providers/process/end-processes.ts';
import { endRecordedRuns } from './providers/process/end-recorded-runs.ts';
import { instanceName } from './providers/process/run-id.ts';
import { createRunRecords } from './providers/process/run-records.ts';
import { createStartCli } from './providers/process/start-cli.ts';
import { ProviderRegistry } from './providers/registry.ts';
import { createQueries } from './queries.ts';
import { createRuleQueries } from './rule-queries.ts';
import { askForLink } from './second-start.ts';
import { authorize } from './security/authorize.ts';
import { createFolders } from './security/folders.ts';
import type { SafeStorage } from './security/keychain-box.ts';
import { createKnownSecrets } from './security/known-secrets.ts';
import { listFolders } from './security/list-folders.ts';
import { ensureOwnerToken } from './security/owner-token.ts';
import { ownerPrincipal } from './security/principal.ts';
import { redactFields, redactText } from './security/redact.ts';
import { redactedAnswers } from './security/redacted-answers.ts';
import { createServerQueries, type RestartWay } from './server-queries.ts';
import { createListQueries } from './session-lists.ts';
import { createSessionQueries } from './session-queries.ts';
import { createSignIn } from './sign-in.ts';
import { homeProblem } from './start-problems.ts';
import { createAgentStore } from './storage/agent-store.ts';
import { createAttachmentStore } from './storage/attachment-store.ts';
import { createAttachmentUses } from './storage/attachment-uses.ts';
import { createCostStore } from './storage/cost-store.ts';
import { createDuctorChatStore } from './storage/ductor-chat-store.ts';
import { createEventStore } from './storage/event-store.ts';
import { createExportStore } from './storage/export-store.ts';
import { createGatewaySettingsStore } from './storage/gateway-settings-store.ts';
import { takeInstanceLock } from './storage/instance-lock.ts';
import { createKeyStore } from './storage/key-store.ts';
import { createKvStore } from './storage/kv-store.ts';
import { createLoginStore } from './storage/login-store.ts';
import { createNotUnderstoodStore } from './storage/not-understood-store.ts';
import { createProviderKeyStore } from './storage/provider-key-store.ts';
import { type Opened, openWithRecovery } from './storage/recovery.ts';
import { applyPlannedRestore } from './storage/restore.ts';
import { createRuleStore } from './storage/rule-store.ts';
import { createSettingsStore } from './storage/settings-store.ts';
import { systemClock as clock } from './system-clock.ts';

export interface BootstrapOptions {
  /** Absolute path of the folder where everything lives; made when it is missing. */
  home: string;
  composition: 'desktop' | 'headless' | 'cli';
  version: string;
  /** Port of the gateway on 127.0.0.1; 0: any; null: no gateway. */
  port: number | null;
  /** The person named this port: when it is taken, that is a problem. Else another one is chosen. */
  portFixed: boolean;
  /** Address the gateway listens on beside 127.0.0.1, for this run; 0.0.0.0: every one. */
  host?: string | null;
  /** Folder of the built renderer. */
  rendererDir: string;
  /** The system's keychain, where the composition has it; without it a key file in the home wraps stored API keys. */
  safeStorage?: SafeStorage;
}

export type StartRefusal =
  | { kind: 'already_running'; running: { pid: number; url: string | null; openUrl: string | null } }
  | { kind: 'problem'; problem: Problem };

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

/** How long a second start waits for a verb of the command line that holds the home for a moment. */
const lockPatienceMs = 5000;

/** How long the answer to a command is kept for a retry. */
const receiptDays = 30;

function forgetOld(store: EventStore, rules: RuleStore, log: Log): void {
  try {
    store.forgetReceipts(Date.now() - receiptDays * 86_400_000);
    rules.removeOver(Date.now());
  } catch (error) {
    log.warn('old receipts and rules could not be removed', { error: String(error) });
  }
}

/** Takes the lock of this home, or says who has it. */
async function takeHome(home: string): Promise<Result<() => void, StartRefusal>> {
  const deadline = Date.now() + lockPatienceMs;
  for (;;) {
    const release = takeInstanceLock(homePaths(home).lock);
    if (release) return ok(release);
    const running = readRunning(home);
    if (running?.url) {
      const openUrl = await askForLink(home, running.url);
      if (openUrl || Date.now() > deadline) {
        return err({ kind: 'already_running', running: { pid: running.pid, url: running.url, openUrl } });
      }
    } else if (Date.now() > deadline) {
      return err({ kind: 'already_running', running: { pid: running?.pid ?? 0, url: null, openUrl: null } });
    }
    await wait(50);
  }
}

/**
 * Builds the real parts and hands them to one another: the only place that does. The window, headless and the command line all start here.
 * Nothing is left behind when it refuses.
 */
export async function bootstrap(options: BootstrapOptions): Promise<Result<App, StartRefusal>> {
  const { home, composition, version } = options;
  const paths = homePaths(home);
  let release: () => void;
  let opened: Opened;
  let unclean = false;
  const dataState = createDataState(paths.dataState);
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const lock = await takeHome(home);
    if (!lock.ok) return lock;
    release = lock.value;
  } catch (error) {
    const problem = homeProblem(home, error);
    if (problem) return err({ kind: 'problem', problem });
    throw error;
  }
  const token = ensureOwnerToken(home);
  if (!token.ok) {
    release();
    return err({ kind: 'problem', problem: token.error });
  }
  try {
    // Whoever ended cleanly took this file away.
    unclean = existsSync(paths.running) || existsSync(paths.checkDatabase);
    const restored = applyPlannedRestore(paths, Date.now());
    opened = openWithRecovery(paths.database, paths.backups, Date.now(), unclean, paths.attachments);
    rmSync(paths.checkDatabase, { force: true });
    if (restored) opened.notices.push(tellOfRestore(restored, dataState, Date.now()));
    writeRunning(home, { pid: process.pid, url: null, composition, started_at: Date.now() });
  } catch (error) {
    release();
    const problem = homeProblem(home, error);
    if (problem) return err({ kind: 'problem', problem });
    throw error;
  }
  const { db, notices } = opened;
  if (token.value.repaired) notices.push(token.value.repaired);

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
  const host = {
    clock,
    instance,
    env: onboarding.env,
    home: homedir(),
    startCli: createStartCli({ records }),
    keys: onboarding.keys,
    ready: onboarding.looking.beforeLook,
  };
  const registry = new ProviderRegistry(
    [
      new ClaudeProvider(host),
      new CodexProvider(host),
      new GeminiProvider({ ...host, settingsDir: join(home, 'gemini') }),
      createDemoProvider({ clock, instance }),
    ],
    {
      ...onboarding.looking,
      watch: { redaction: secrets, notUnderstood: createNotUnderstood({ store: notUnderstood, redactText, log }) },
    },
  );
  const agents = new CustomAgents({ store: createAgentStore(db), registry, host, keys: onboarding.keys, log });
  registry.changed.on((providers) => bus.providers.emit([...providers]));
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

  const tidyUp = () => {
    forgetOld(store, rules, log);
    files.removeStale();
    void data.tidyFiles().then(() => data.retainBySettings());
  };
  const housekeeping = setTimeout(() => {
    tidyUp();
    everyDay = setInterval(tidyUp, 86_400_000);
    everyDay.unref();
  }, 60_000);
  housekeeping.unref();
  let everyDay: NodeJS.Timeout | undefined;
  const started_at = Date.now();
  const checkAtNextStart = () => {
    try {
      writeFileSync(paths.checkDatabase, '', { mode: 0o600 });
    } catch (error) {
      log.warn('the check of the database could not be noted', { error: String(error) });
    }
  };
  const databaseProblems = () => {
    const found = db.pragma('quick_check(5)') as { quick_check: string }[];
    const problems = found.map((row) => row.quick_check).filter((text) => text !== 'ok');
    if (problems.length > 0) checkAtNextStart();
    return problems;
  };
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
    ownerToken: token.value.token,
    safeStorage: options.safeStorage ?? null,
    addresses: () => pairingAddresses(gateway),
  });
  const hall = createHall({
    orchestrator,
    bus,
    authorize,
    onUnreadable: checkAtNextStart,
    log,
    queries: redactedAnswers(
      secrets,
      narrowedAnswers(
        {
          ...createQueries({
            store,
            async providers(refresh) {
              if (refresh) onboarding.renew();
              return [...(await (refresh ? registry.refresh() : registry.detect()))];
            },
            listFolders,
            doctor: createDoctor({
              version,
              versions: process.versions,
              home,
              databaseFile: paths.database,
              logFile: log.file,
              url: () => url,
              databaseProblems,
              providers: async () => [...(await registry.refresh())],
              notUnderstood: notUnderstood.list,
              keys: onboarding.keys,
              redact: secrets.redactValue,
            }),
            status,
            openLink,
            stop: () => onStop(),
          }),
          ...access.queries,
          ...createServerQueries({
            orchestrator,
            costs: createCostStore(db),
            kv: createKvStore(db),
            agents: () => registry.detect(),
            async reload() {
              onboarding.renew();
              return registry.refresh();
            },
            restart: { way: () => restart.way, begin: () => restart.begin() },
          }),
          ...createAgentQueries(agents),
          ...signIn.queries,
          ...createSessionQueries({ orchestrator, attachments, settings }),
          ...createListQueries({ orchestrator, store }),
          ...exportQueries.queries,
          ...data.queries,
          log_read: (asked) => readLog(log.file, asked, redactAll),
          ...createRuleQueries({ orchestrator, rules, folders, clock, entropy }),
          ...files.queries,
          ...createDraftQueries({ db, orchestrator, bus, attachments }),
          ...createMentions({ home, userHome: homedir(), orchestrator, folders, clock }),
          ...onboarding.queries(registry),
          ...createGatewayQueries({ gateway: () => gateway, clients: () => hall.clients() }),
          ...plugInImports(imports, {
            bus,
            orchestrator,
            settings,
            reads: composition !== 'cli' && process.env.QUARTERDECK_IMPORTS !== 'off',
          }),
        } as QueryHandlers,
        orchestrator,
      ),
    ),
    welcome: () => ({
      protocol: protocolVersion,
      version,
      server_time: Date.now(),
      home_dir: homedir(),
      platform: process.platform,
      notices,
      providers: [...registry.current()],
    }),
  });

  access.guard(hall);

  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= (async () => {
      clearTimeout(housekeeping);
      clearInterval(everyDay);
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
    const gatewaySettings = createGatewaySettingsStore(db);
    gateway = createGateway({
      hall,
      keys,
      logins,
      ownerToken: token.value.token,
      browserSignIn: signIn.browserSignIn,
      rendererDir: options.rendererDir,
      sealed: access.sealedCredentials,
      files: {
        roots: files.roots,
        uploads: files.uploads,
        maxUploadBytes: () => settings.get().upload_limit_mib * 1_048_576,
      },
      ductor: {
        store: createDuctorChatStore(db),
        files: files.named,
        defaults: {
          settings: () => ({ cwd: settings.get().ductor_folder, provider: settings.get().ductor_provider }),
          folder: files.chatFolder,
          providers: async () => [...(await registry.detect())],
        },
        allowedOnLan: () => gatewaySettings.get().allow_v1_on_lan,
      },
      log,
      version,
      status,
      lan: {
        settings: gatewaySettings,
        socketPath: process.platform === 'win32' ? null : paths.socket,
        tlsFolder: paths.tls,
        hasCredential: () => [...keys.list(), ...access.devices.list()].some(({ revoked_at }) => revoked_at === null),
        fingerprint: () => {
          const sealed = access.sealedCredentials();
          return sealed.ok ? fingerprintOf(sealed.value.serverKey.publicKey) : '';
        },
        onMoved: noteUrl,
      },
      requestsPerSecond: () => settings.get().requests_per_second,
    });
    const host = options.host ?? '127.0.0.1';
    const port = (options.portFixed ? null : gatewaySettings.get().port) ?? options.port;
    let listening = await gateway.listen({ host, port });
    if (!listening.ok && listening.error.code === 'port_taken' && !options.portFixed && port !== 0) {
      log.warn('the usual port is taken; another one is used', { port });
      listening = await gateway.listen({ host, port: 0 });
    }
    if (!listening.ok) {
      await close();
      return err({ kind: 'problem', problem: listening.error });
    }
    noteUrl(listening.value.url);
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
