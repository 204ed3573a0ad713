import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the build is made from, relative to the root of the repository. */
const folders = ['main', 'preload', 'renderer', 'resources'];
const files = ['package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.base.json'];
const notBuilt = /(?:\.test\.tsx?|-test-support\.tsx?)$|[\\/]fixtures[\\/]/;

function walk(root, folder, found) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    // What a start leaves beside the sources, such as Node's compile cache, is none of them.
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(root, path, found);
    else if (entry.isFile() && !notBuilt.test(path)) found.push(path);
  }
}

/** Every file the build depends on, sorted. */
export function sourceFiles(root) {
  const found = [];
  for (const folder of folders) {
    try {
      walk(root, folder, found);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  for (const file of files) if (statSync(join(root, file), { throwIfNoEntry: false })) found.push(file);
  return found.sort();
}

/** Changes whenever a file may have changed (name, size, time); costs a look at each. */
export function quickFingerprint(root, list) {
  const hash = createHash('sha256');
  for (const file of list) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\0`);
  }
  return hash.digest('hex');
}

/** Changes only when a file's content, or the list of files, did; reads each. */
export function contentFingerprint(root, list) {
  const hash = createHash('sha256');
  for (const file of list) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
