import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appDir } from './built-app.ts';

export type Runtime = { which: 'electron'; path: string } | { which: 'chromium-host'; because: string };

/**
 * Looks for Electron's runtime without fetching it (`require('electron')` would). `QUARTERDECK_E2E_DESKTOP` may insist on `electron` or
 * `chromium-host`.
 * @throws Error when `electron` is insisted on and cannot be used.
 */
export function findRuntime(env: NodeJS.ProcessEnv = process.env): Runtime {
  const wanted = env.QUARTERDECK_E2E_DESKTOP;
  if (wanted === 'chromium-host') return { which: 'chromium-host', because: 'QUARTERDECK_E2E_DESKTOP asks for it' };
  const found = lookForElectron(env);
  if (wanted === 'electron' && found.which !== 'electron')
    throw new Error(`Electron was asked for, but ${found.because}.`);
  return found;
}

function lookForElectron(env: NodeJS.ProcessEnv): Runtime {
  const packageDir = join(appDir, 'node_modules', 'electron');
  const pathFile = join(packageDir, 'path.txt');
  // As node_modules/electron/index.js finds it.
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const path = join(env.ELECTRON_OVERRIDE_DIST_PATH || join(packageDir, 'dist'), name);
  if (!existsSync(path)) return { which: 'chromium-host', because: "Electron's runtime is not installed" };
  if (process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return { which: 'chromium-host', because: 'there is no display for Electron (use xvfb-run)' };
  }
  return { which: 'electron', path };
}

/** One line for the person who reads the run's output. */
export function runtimeLine(runtime: Runtime): string {
  return runtime.which === 'electron'
    ? `The window's specs run on Electron (${runtime.path}).`
    : `The window's specs run on the Chromium host, not on Electron: ${runtime.because}.`;
}
