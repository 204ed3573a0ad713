import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { bundledNode, isTooOld, nodeComplaint } from './check-node.mjs';

export const root = join(import.meta.dirname, '..');

/** Ends the process with what to do when the packages are not installed. */
export function requirePackages() {
  if (existsSync(join(root, 'node_modules', 'electron-vite'))) return;
  console.error('The packages of Quarterdeck are not installed yet. Run this first:\n\n  npm ci\n');
  process.exit(1);
}

/**
 * Goes on in this process when its Node is new enough; else runs the same script with the Node that `npm ci` installed and ends with its exit code.
 * @returns {Promise<void>} settles only in the process that is to go on.
 */
export function withRightNode() {
  if (!isTooOld(process.versions.node)) return Promise.resolve();
  const node = bundledNode();
  if (node === null) {
    console.error(nodeComplaint());
    process.exit(1);
  }
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
  return new Promise(() => {});
}
