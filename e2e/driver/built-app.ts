import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with package.json: what Electron is started on. */
export const appDir = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The Node that comes with the app's packages; the one on PATH may be too old. */
export const nodePath = join(appDir, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

const bundles = ['out/main/index.js', 'out/main/headless.js', 'out/preload/index.cjs', 'out/renderer/index.html'];

/** Names of the bundles that were not built. */
export function missingBundles(): string[] {
  return bundles.filter((bundle) => !existsSync(join(appDir, bundle)));
}
