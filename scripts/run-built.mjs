import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { requirePackages, root, withRightNode } from './right-node.mjs';

/** Everything a built entry needs: packages, a Node that is new enough, a build that is fresh. Ends the process when that cannot be had. */
export async function prepare() {
  const { INIT_CWD, npm_lifecycle_event: script } = process.env;
  // npm runs its scripts in the folder of the package; paths are meant from where the person stands.
  if (INIT_CWD && ['start', 'serve', 'quarterdeck'].includes(script)) process.chdir(INIT_CWD);
  requirePackages();
  await withRightNode();
  const { ensureBuilt } = await import('./ensure-built.mjs');
  try {
    await ensureBuilt();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

/** Runs a built entry in this very process, so that signals and exit codes are its own. */
export function runBuilt(entry) {
  return import(pathToFileURL(join(root, 'out', 'main', entry)).href);
}
