import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './right-node.mjs';

const probeMs = 5_000;
const downloadMs = 10 * 60_000;
const defaultMirror = 'https://github.com/electron/electron/releases/download/';

/** Why no window can be opened here, whatever is installed; null when one might. */
export function noWindowBecause(env = process.env, platform = process.platform, uid = process.getuid?.()) {
  if (env.QUARTERDECK_HEADLESS) return 'QUARTERDECK_HEADLESS is set';
  if (platform !== 'linux') return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display here';
  if (uid === 0) return 'Electron does not run as root';
  return null;
}

/** The Electron program that is installed; null when its runtime was not downloaded yet. */
export function installedElectron(folder = root, env = process.env) {
  const electron = join(folder, 'node_modules', 'electron');
  try {
    const name = readFileSync(join(electron, 'path.txt'), 'utf8');
    const path = join(env.ELECTRON_OVERRIDE_DIST_PATH || join(electron, 'dist'), name);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** Whether the place Electron is downloaded from answers at all: networks that block it often do not even say no. */
async function canDownload(env) {
  const mirror = env.ELECTRON_MIRROR || env.npm_config_electron_mirror || defaultMirror;
  try {
    await fetch(mirror, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(probeMs) });
    return true;
  } catch {
    return false;
  }
}

function download(folder) {
  return new Promise((resolve) => {
    const script = join(folder, 'node_modules', 'electron', 'install.js');
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 2, 'ignore'], timeout: downloadMs });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

/**
 * The Electron program, downloaded when it is missing and can be had. Bounded in time.
 * @returns {Promise<{ path: string } | { because: string }>}
 */
export async function findElectron({ folder = root, env = process.env, note = console.error } = {}) {
  const because = noWindowBecause(env);
  if (because) return { because };
  const installed = installedElectron(folder, env);
  if (installed) return { path: installed };
  if (!existsSync(join(folder, 'node_modules', 'electron'))) return { because: 'Electron is not installed' };
  if (env.ELECTRON_SKIP_BINARY_DOWNLOAD) return { because: 'ELECTRON_SKIP_BINARY_DOWNLOAD is set' };
  if (!(await canDownload(env))) return { because: 'the Electron runtime cannot be downloaded from here' };
  note('Downloading the Electron runtime (about 110 MB, once) …');
  const path = (await download(folder)) ? installedElectron(folder, env) : null;
  return path ? { path } : { because: 'the download of the Electron runtime failed' };
}
