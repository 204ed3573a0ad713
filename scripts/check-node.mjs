// Plain JavaScript that Node 20 understands: it is there to say what to do when the Node is too old.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const oldest = [22, 14];
const root = join(import.meta.dirname ?? '.', '..');

/** @param {string} version - e.g. "20.20.2" */
export function isTooOld(version) {
  const [major, minor] = version.split('.').map(Number);
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}

/** The Node that `npm ci` installs beside the other packages; null when it is not there. */
export function bundledNode(folder = root) {
  const path = join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(path) ? path : null;
}

/** What to say about this Node; null when it is new enough. */
export function nodeComplaint(version = process.versions.node, folder = root) {
  if (!isTooOld(version)) return null;
  const installed = bundledNode(folder) !== null;
  return [
    `This is Node ${version}; Quarterdeck needs ${oldest.join('.')} or newer.`,
    installed
      ? 'A newer one is installed here already: start through npm ("npm start", "npm run serve", "npm test"), which uses it.'
      : 'Nothing was started. Run "npm ci" in this folder: it installs a newer Node beside the other packages, and npm uses it from then on.',
  ].join('\n');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const complaint = nodeComplaint();
  if (complaint) {
    console.error(complaint);
    process.exit(1);
  }
}
