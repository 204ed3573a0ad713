import { _electron, type ElectronApplication } from 'playwright';
import type { HostState, SystemCall } from '../host/control.ts';
import { mergedEnv, startProcess } from './app-process.ts';
import { appDir } from './built-app.ts';
import type { DesktopControls, EndedStart, Exit, LaunchOptions, Surface } from './surface.ts';

/** Containers and root cannot have Chromium's sandbox; elsewhere it stays on. */
const sandboxFlags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];

const argsOf = ({ home, port = 0, args = [], hidden = false }: LaunchOptions) => [
  ...sandboxFlags,
  appDir,
  `--home=${home}`,
  `--port=${port}`,
  ...(hidden ? ['--hidden'] : []),
  ...args,
];

/** Starts the built app on Electron's own runtime and waits for its window. @throws Error when it ended instead. */
export async function launchOnElectron(executablePath: string, options: LaunchOptions): Promise<Surface> {
  const app = await _electron.launch({
    executablePath,
    args: argsOf(options),
    cwd: appDir,
    env: mergedEnv(options.env ?? {}),
    colorScheme: options.colorScheme ?? 'light',
  });
  const child = app.process();
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const exited = new Promise<Exit>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null)
      resolve({ code: child.exitCode, signal: child.signalCode });
    else child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const ended = exited.then(() => {
    throw new Error(`The app ended before it had a window. It wrote:\n${output}`);
  });
  await Promise.race([standInForSystem(app), ended]);
  const page = await Promise.race([app.firstWindow(), ended]);
  await page.waitForLoadState('domcontentloaded');
  if (options.viewport !== undefined) await page.setViewportSize(options.viewport);
  return {
    which: 'electron',
    page,
    pid: child.pid ?? -1,
    home: options.home,
    output: () => output,
    exited,
    kill(signal) {
      child.kill(signal);
      return exited;
    },
    async close() {
      // Fails when the app has ended already; then there is nothing to close.
      await app
        .evaluate(({ app: electronApp, BrowserWindow, dialog }) => {
          // An agent may still work: whoever closes means it.
          dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
          for (const window of BrowserWindow.getAllWindows()) window.close();
          // On macOS an app outlives its windows.
          if (process.platform === 'darwin') electronApp.quit();
        })
        .catch(() => {});
      return exited;
    },
    desktop: controls(app),
  };
}

/** Starts the built app on Electron and waits until it has ended by itself. A dialog it shows would wait for a person: none may be expected. */
export async function endOnElectron(executablePath: string, options: LaunchOptions): Promise<EndedStart> {
  const started = startProcess(executablePath, argsOf(options), { env: options.env ?? {}, cwd: appDir, ipc: false });
  const exit = await started.exited;
  return { ...exit, output: started.output(), calls: [] };
}

/** Replaces what would open something a spec cannot see: links, folders, dialogs. */
async function standInForSystem(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ shell, dialog }) => {
    const recorder: { calls: { api: string; args: unknown[] }[]; folders: (string | null)[] } = {
      calls: [],
      folders: [],
    };
    Object.assign(globalThis, { quarterdeckRecorder: recorder });
    const keep = (api: string, args: unknown[]) =>
      recorder.calls.push({ api, args: JSON.parse(JSON.stringify(args)) as unknown[] });
    shell.openExternal = async (url) => {
      keep('shell.openExternal', [url]);
    };
    shell.openPath = async (path) => {
      keep('shell.openPath', [path]);
      return '';
    };
    dialog.showOpenDialog = async (...args: unknown[]) => {
      keep('dialog.showOpenDialog', [args.at(-1)]);
      const folder = recorder.folders.shift() ?? null;
      return { canceled: folder === null, filePaths: folder === null ? [] : [folder] };
    };
    dialog.showMessageBox = async (...args: unknown[]) => {
      const options = args.at(-1) as { cancelId?: number };
      keep('dialog.showMessageBox', [options]);
      return { response: options.cancelId ?? 0, checkboxChecked: false };
    };
  });
}

/** The system's own tray and notifications are out of reach of a driver. */
const notThere = () => Promise.reject(new Error('Electron shows this to a person alone.'));

function controls(app: ElectronApplication): DesktopControls {
  return {
    async answerFolderDialog(path) {
      await app.evaluate((_electron, folder) => {
        (globalThis as { quarterdeckRecorder?: { folders: (string | null)[] } }).quarterdeckRecorder?.folders.push(
          folder,
        );
      }, path);
    },
    calls: () =>
      app.evaluate(
        () => (globalThis as { quarterdeckRecorder?: { calls: SystemCall[] } }).quarterdeckRecorder?.calls ?? [],
      ),
    state: () =>
      app.evaluate(({ BrowserWindow, Menu, session }): HostState => {
        const nameOf = (item: Electron.MenuItem) => item.label || item.role || item.type;
        return {
          windows: BrowserWindow.getAllWindows().map((window) => ({
            id: window.webContents.id,
            visible: window.isVisible(),
            focused: window.isFocused(),
            bounds: window.getNormalBounds(),
            url: window.webContents.getURL(),
            backgroundColor: window.getBackgroundColor(),
            minimized: window.isMinimized(),
            zoomFactor: window.webContents.getZoomFactor(),
          })),
          spelling: {
            on: session.defaultSession.isSpellCheckerEnabled(),
            languages: session.defaultSession.getSpellCheckerLanguages(),
          },
          menu: (Menu.getApplicationMenu()?.items ?? []).map((item) => ({
            item: nameOf(item),
            submenu: (item.submenu?.items ?? []).map(nameOf),
          })),
          notifications: [],
          tray: null,
        };
      }),
    system: null,
    async focusWindow(id) {
      await app.evaluate(
        ({ BrowserWindow }, wanted) =>
          BrowserWindow.getAllWindows()
            .find((one) => one.webContents.id === wanted)
            ?.focus(),
        id,
      );
    },
    lookAway: () => notThere(),
    pressNotification: () => notThere(),
    useTray: () => notThere(),
    async chooseMenu(...path) {
      await app.evaluate(({ Menu }, labels) => {
        let items = Menu.getApplicationMenu()?.items ?? [];
        let chosen: Electron.MenuItem | undefined;
        for (const label of labels) {
          chosen = items.find((item) => item.label === label || item.role?.toLowerCase() === label.toLowerCase());
          items = chosen?.submenu?.items ?? [];
        }
        if (chosen === undefined) throw new Error(`The menu has no ${labels.join(' > ')}.`);
        chosen.click();
      }, path);
    },
  };
}
