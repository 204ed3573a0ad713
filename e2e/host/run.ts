/**
 * Runs a built app on the Chromium host: `node e2e/host/run.ts APP_DIR [arguments of the app]`. `QUARTERDECK_HOST_LOOK` may hold
 * `{"dark":true,"width":1280,"height":840}`.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { appHost } from './app.ts';
import { appState } from './app-state.ts';
import { openWindows } from './browser-window.ts';
import { startChromium } from './chromium.ts';
import { keepAnswer, say, type ToHost } from './control.ts';
import { pressKeys, takeKeys } from './global-shortcut.ts';
import { currentMenu, currentPopup } from './menu.ts';
import { shownNotifications } from './notification.ts';
import { takeOverChromium } from './run-state.ts';
import { setDictionary, spellingFacts } from './spelling.ts';
import { applyPermissions, nativeThemeHost } from './system.ts';
import { currentTray } from './tray.ts';

const electron = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: electron, shortCircuit: true } : next(specifier, context),
});

const [appDir = '.', ...args] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync(join(appDir, 'package.json'), 'utf8')) as {
  main: string;
  name: string;
  productName?: string;
  version: string;
};
Object.assign(appState, {
  appPath: resolve(appDir),
  version: manifest.version,
  name: manifest.productName ?? manifest.name,
});
// As Electron's own arguments look when it is started on a folder.
process.argv = [process.argv[0]!, appDir, ...args];
const look = {
  dark: false,
  width: 1280,
  height: 840,
  ...(JSON.parse(process.env.QUARTERDECK_HOST_LOOK ?? '{}') as object),
};
delete process.env.QUARTERDECK_HOST_LOOK;
nativeThemeHost.shouldUseDarkColors = look.dark;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => appHost.quit());
if (process.connected) process.on('disconnect', () => appHost.exit(1));
process.on('message', (message: ToHost) => {
  if (message.type === 'answer') keepAnswer(message.api, message.value);
  if (message.type === 'menu') currentMenu()?.choose(message.path);
  if (message.type === 'focus')
    openWindows()
      .find((one) => one.contents.id === message.contentsId)
      ?.focus();
  if (message.type === 'blur') for (const window of openWindows()) window.blur();
  if (message.type === 'notification') shownNotifications().at(-1)?.press(message.action);
  if (message.type === 'tray' && message.label === null) currentTray()?.click();
  if (message.type === 'tray' && message.label !== null) currentTray()?.choose(message.label);
  if (message.type === 'press') pressKeys(message.accelerator);
  if (message.type === 'take_keys') takeKeys(message.accelerator);
  if (message.type === 'dictionary') setDictionary(message.words);
  if (message.type === 'popup') currentPopup()?.choose([message.name]);
  if (message.type === 'dropping') for (const one of openWindows()) one.contents.dropping(message.paths);
  if (message.type === 'quit') appHost.quit();
  if (message.type === 'state') {
    const state = {
      windows: openWindows().map((window) => window.facts()),
      menu: currentMenu()?.shape() ?? [],
      notifications: shownNotifications().map((one) => one.facts()),
      tray: currentTray()?.facts() ?? null,
      spelling: spellingFacts(),
    };
    say({ type: 'state', id: message.id, state });
  }
});
appHost.on('web-contents-created', (_event, contents) => {
  contents.once('did-finish-load', () => void applyPermissions(contents));
});

// The app sets its paths and schemes while its main module is evaluated, before it may be ready.
await import(pathToFileURL(resolve(appDir, manifest.main)).href);
// A second instance has asked to quit already; its process ends in a moment.
if (appHost.exiting) await new Promise(() => {});
const { context, cdp } = await startChromium(appHost.getPath('userData'), look);
await takeOverChromium(context);
context.on('close', () => {
  for (const window of openWindows()) window.close();
});
say({ type: 'ready', cdp });
appHost.becomeReady();
