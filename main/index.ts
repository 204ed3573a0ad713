import { join } from 'node:path';
import { app, dialog, ipcMain, Menu, powerSaveBlocker, protocol, safeStorage, session, shell } from 'electron';
import { type App, bootstrap, type StartRefusal } from './bootstrap.ts';
import { type LinkPage, linkPage } from './cli/open-browser.ts';
import { appScheme, appSchemePrivileges, isOwnPage } from './desktop/app-scheme.ts';
import { askBeforeQuit } from './desktop/ask-before-quit.ts';
import { createDesktop } from './desktop/desktop.ts';
import { createDesktopNotices } from './desktop/desktop-notices.ts';
import { externalLink } from './desktop/external-link.ts';
import { isFolderOnDisk } from './desktop/folder-on-disk.ts';
import { guardContents, guardSession } from './desktop/guard-contents.ts';
import { type OpenRequest, type RefusedLink, readLink, readOpenArguments } from './desktop/links.ts';
import { type MenuActions, menuTemplate } from './desktop/menu.ts';
import { openPlace } from './desktop/open-place.ts';
import { createPageCommands } from './desktop/page-commands.ts';
import { createPathDialogs } from './desktop/path-dialogs.ts';
import { keepProfileIn } from './desktop/profile.ts';
import { closeBeforeQuit } from './desktop/quit.ts';
import { serveRenderer } from './desktop/renderer-files.ts';
import { createSpokenLanguage } from './desktop/spoken-language.ts';
import { hiddenOption, readStartOptions, type StartOptions } from './desktop/start-options.ts';
import { refuseToStart } from './desktop/start-problem.ts';
import { createTray } from './desktop/tray.ts';
import { createWaitingBadge } from './desktop/waiting-badge.ts';
import { createWindows } from './desktop/windows.ts';
import { watchWork } from './desktop/work-watch.ts';
import { askOnce } from './gateway/hall-client.ts';
import { defaultHome } from './home.ts';
import { registerIpc } from './ipc/handle.ts';
import { createWindowConnections } from './ipc/window-connections.ts';
import type { PageCommand } from './protocol/ipc.ts';
import { startDefect } from './start-problems.ts';
import { systemClock as timer } from './system-clock.ts';

const rendererDir = join(import.meta.dirname, '../renderer');
const preload = join(import.meta.dirname, '../preload/index.cjs');
const warn = (line: string) => console.warn(line);
/** Unpackaged, the app's own folder stands among the arguments. */
const isFolder = (path: string) => path !== app.getAppPath() && isFolderOnDisk(path);
// Before the app is ready, so before anything is awaited.
protocol.registerSchemesAsPrivileged([appSchemePrivileges]);
// macOS may ask before the app is ready.
const asked: OpenRequest[] = [];
let open = (request: OpenRequest): void => void asked.push(request);
app.on('open-url', (event, url) => {
  event.preventDefault();
  open(readLink(url));
});
app.on('open-file', (event, path) => {
  event.preventDefault();
  const request = readOpenArguments([path], '/', isFolder);
  if (request !== null) open(request);
});
const options = readStartOptions(process.argv, process.env, process.cwd());
const home = (options.ok ? options.value.home : null) ?? defaultHome(process.env, process.platform);
keepProfileIn(home);
const spoken = createSpokenLanguage(home, () => app.getPreferredSystemLanguages());

if (!options.ok) {
  void refuseToStart(
    {
      code: 'invalid_frame',
      message: options.error,
      next: 'Start Quarterdeck with other arguments.',
    },
    spoken.words(),
  );
} else if (app.requestSingleInstanceLock()) {
  start(options.value).catch(reportDefect);
} else {
  console.log('Quarterdeck is running already; its window was shown.');
  app.quit();
}

async function start({ port, portFixed, hidden, home: named }: StartOptions): Promise<void> {
  const wanted = { home, version: app.getVersion(), port, portFixed, rendererDir, safeStorage };
  const [started] = await Promise.all([bootstrap({ ...wanted, composition: 'desktop' }), app.whenReady()]);
  if (started.ok) openDesktop(started.value, named !== null, hidden);
  else await refuse(started.error);
}

/** A defect while starting: without a window nobody would see it. */
function reportDefect(error: unknown): Promise<void> {
  return refuseToStart(startDefect(home, error), spoken.words());
}

async function refuse(refusal: StartRefusal): Promise<void> {
  if (refusal.kind === 'problem') return refuseToStart(refusal.problem, spoken.words());
  const { openUrl, pid } = refusal.running;
  if (openUrl === null || externalLink(openUrl) === null) {
    return refuseToStart(
      {
        code: 'overloaded',
        message: `Quarterdeck is running already without a window (process ${pid}), and it has no address to open.`,
        impact: 'Your sessions go on there; this start changed nothing.',
        next: 'Stop it with "quarterdeck stop", then start Quarterdeck again.',
      },
      spoken.words(),
    );
  }
  console.log(`Quarterdeck is running already (process ${pid}); it was opened in the browser.`);
  await (await openInBrowser(openUrl))?.loaded();
  app.exit(0);
}

/** Opens a one-time link by a page that leads to it: what is opened stands in a list of processes that every user can read. */
async function openInBrowser(link: string | null): Promise<LinkPage | null> {
  const page = link === null ? null : linkPage(link);
  if (page === null) {
    warn('The link for the browser could not be handed over; `quarterdeck open` prints one.');
    return null;
  }
  await shell.openExternal(page.target).catch((error: unknown) => warn(`The browser could not be opened: ${error}`));
  return page;
}

function openDesktop(running: App, homeNamed: boolean, hidden: boolean): void {
  const openExternal = async (url: unknown): Promise<boolean> => {
    const link = externalLink(url);
    if (link === null) return false;
    return shell.openExternal(link).then(
      () => true,
      () => false,
    );
  };
  const windows = createWindows({ home: running.home, preload, words: spoken.words, clock: timer });
  const desktop = createDesktop({
    ...{ home: running.home, homeNamed, windows, spoken },
    hasTray: () => hasTray,
    menuChanged: () => showMenu(),
  });
  const connections = createWindowConnections(running.hall, () => running.owner('window'));

  const choose = createPathDialogs(spoken.words);
  const commands = createPageCommands();
  /** What is asked from outside a page is asked of the window used last. */
  const tell = (command: PageCommand) => commands.tell(windows.show().webContents.id, command);
  async function openFolder(): Promise<void> {
    const cwd = await choose.folder(windows.current());
    if (cwd !== null) open({ ok: true, command: { type: 'new_session', cwd } });
  }

  const notices = createDesktopNotices({
    ...{ running, windows, spoken, clock: timer, warn, tell: commands.tell },
    ask: (frame) => askOnce(running.hall, running.owner('window'), frame),
  });
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, openExternal);
    // Destroyed, they have no id any more.
    const { id } = contents;
    contents.on('destroyed', () => {
      connections.gone(id);
      commands.closed(id);
      notices.gone(id);
    });
    contents.on('render-process-gone', () => {
      connections.gone(id);
      commands.gone(id);
      notices.gone(id);
    });
  });
  guardSession(session.defaultSession);
  protocol.handle(appScheme, (request) => serveRenderer(rendererDir, request));
  registerIpc(ipcMain, {
    connections,
    isOurWindow: windows.owns,
    helloHeard: commands.ready,
    noteHeard({ id }, note) {
      if (note.type === 'language') spoken.speak(note.language);
      else notices.shows(id, note);
    },
    notices: (request) => notices.request(request),
    isOwnPage,
    openExternal,
    refused: warn,
    chooseFolder: (contentsId) => choose.folder(windows.of(contentsId)),
    desktop: desktop.settings,
    chooseFile: (contentsId) => choose.file(windows.of(contentsId)),
    openPlace: (place) => openPlace(running.home, place, shell),
    openWindow: (sessionId) => windows.open(sessionId === null ? '#/new' : `#/session/${sessionId}`) !== null,
  });
  const showMenu = () =>
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, menuActions, spoken.words())));
  const menuActions: MenuActions = {
    tell,
    newWindow: () => void (windows.open('#/new') ?? windows.show()),
    zoom: desktop.zoom,
    openFolder: () => void openFolder(),
    showDataFolder: () => void openPlace(running.home, 'home', shell),
    openInBrowser: running.url === null ? null : () => void openInBrowser(running.openLink()),
  };
  showMenu();
  spoken.onChange(showMenu);

  const hasTray = createTray({
    ...{ platform: process.platform, spoken, warn, redact: running.redact },
    ...{ sessions: running.summaries(), onSummary: running.onSummary },
    actions: {
      lead: notices.lead,
      newSession: () => tell({ type: 'new_session' }),
      show: () => void windows.show(),
      quit: () => app.quit(),
    },
  });
  open = (request) => {
    if (request.ok) tell(request.command);
    else void refuseLink(request.why);
  };
  const refuseLink = async (why: RefusedLink): Promise<void> => {
    const { ok, link } = spoken.words();
    const detail = link.means(link.why[why]);
    const request = { type: 'warning' as const, message: link.refused, detail, buttons: [ok] };
    await dialog.showMessageBox(windows.show(), request);
  };
  app.on('second-instance', (_event, argv, cwd) => {
    if (argv.includes(hiddenOption)) return;
    windows.show();
    const request = readOpenArguments(argv.slice(1), cwd, isFolder);
    if (request !== null) open(request);
  });
  app.on('activate', windows.show);
  app.on('window-all-closed', () => {
    if (!desktop.goesOn()) app.quit();
  });
  closeBeforeQuit(app, () => running.close(), timer, warn);
  const { quitWithoutAsking } = askBeforeQuit(app, {
    runningTurns: () => running.runningTurns,
    words: spoken.words,
    async ask({ message, detail, buttons }) {
      const parent = windows.current();
      const request = { type: 'warning' as const, message, detail, buttons, defaultId: 1, cancelId: 1 };
      const answer = await (parent === null ? dialog.showMessageBox(request) : dialog.showMessageBox(parent, request));
      return answer.response === 0;
    },
    stay: windows.show,
  });
  running.onStopRequested(quitWithoutAsking);
  running.onRestartRequested({
    way: 're-exec',
    begin() {
      app.relaunch(desktop.again());
      quitWithoutAsking();
    },
  });
  // Before anybody else hears of it, so that nobody is asked.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.prependListener(signal, quitWithoutAsking);
  if (!hidden && !desktop.openedHidden()) windows.show();
  let blocker: number | null = null;
  running.onSummary(
    watchWork(running.summaries(), {
      keepAwake(awake) {
        if (awake) blocker = powerSaveBlocker.start('prevent-app-suspension');
        else if (blocker !== null) powerSaveBlocker.stop(blocker);
      },
      showWaiting: createWaitingBadge(process.platform, spoken),
    }),
  );
  for (const request of asked.splice(0)) open(request);
  const first = readOpenArguments(process.argv.slice(1), process.cwd(), isFolder);
  if (first !== null) open(first);
}
