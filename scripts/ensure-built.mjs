import { spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { takeLock } from './file-lock.mjs';
import { root } from './right-node.mjs';
import { contentFingerprint, quickFingerprint, sourceFiles } from './source-fingerprint.mjs';

const wanted = [
  'main/index.js',
  'main/headless.js',
  'main/cli.js',
  'main/import-worker.js',
  'main/password-worker.js',
  'main/database-worker.js',
  'preload/index.cjs',
  'renderer/index.html',
];

function readStamp(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function writeStamp(path, stamp) {
  writeFileSync(`${path}.${process.pid}`, JSON.stringify(stamp));
  renameSync(`${path}.${process.pid}`, path);
}

/** Whether what is built is what the sources say. Files that were only touched do not count as changed. */
export function isFresh(folder, out = join(folder, 'out')) {
  const path = join(out, '.build-stamp');
  const stamp = readStamp(path);
  if (!stamp || !wanted.every((file) => existsSync(join(out, file)))) return false;
  const list = sourceFiles(folder);
  const quick = quickFingerprint(folder, list);
  if (quick === stamp.quick) return true;
  if (contentFingerprint(folder, list) !== stamp.content) return false;
  writeStamp(path, { ...stamp, quick });
  return true;
}

/** Runs the build; what it says goes to stderr, because stdout may be read by a program. */
function build(folder) {
  return new Promise((resolve, reject) => {
    const script = join(folder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    const child = spawn(process.execPath, [script, 'build', '--logLevel', 'warn'], {
      cwd: folder,
      stdio: ['ignore', 2, 2],
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`The build failed (${signal ?? `exit code ${code}`}); what it said stands above.`));
    });
  });
}

/**
 * Builds what is not built yet or not any more. Several at once are fine: one builds, the others wait for it.
 * @param {{ folder?: string, force?: boolean, run?: (folder: string) => Promise<void>, note?: (line: string) => void }} options
 * @returns {Promise<boolean>} whether it built.
 */
export async function ensureBuilt({ folder = root, force = false, run = build, note = console.error } = {}) {
  // An installation without sources is built for good.
  if (!existsSync(join(folder, 'electron.vite.config.ts'))) return false;
  if (!force && isFresh(folder)) return false;
  const out = join(folder, 'out');
  const stamp = join(out, '.build-stamp');
  const release = await takeLock(join(out, '.build-lock'), () => note('Another start is building; waiting for it …'));
  try {
    if (!force && isFresh(folder)) return false;
    note('Building Quarterdeck (some seconds, only after a change) …');
    const list = sourceFiles(folder);
    // Taken before: a file that changes while it builds makes the result stale, not fresh.
    const [quick, content] = [quickFingerprint(folder, list), contentFingerprint(folder, list)];
    rmSync(stamp, { force: true });
    rmSync(join(out, '.compile-cache'), { recursive: true, force: true });
    await run(folder);
    writeStamp(stamp, { quick, content });
    return true;
  } finally {
    release();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureBuilt({ force: process.argv.includes('--force') }).catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}
