import { lstatSync, readdirSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync, unlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

/**
 * The app's folder of CLIs: `.PROVIDER-at-TIME-PID` is one installation, whole, under a name that nothing else ever gets; `PROVIDER` is a link to the
 * one that is used (on Windows a junction, which needs no rights). A running CLI goes on in the folder it was started from, also when it loads more of
 * itself later (Node resolves links once, at the start). What is not used any more goes at the next start of the app, when none of it runs.
 */

/** Between the provider and what is unique, in the name of a folder in which npm works. */
export const buildingMark = '-building-';
const linkMark = '-link-';
const installedMark = '-at-';

/** Uses what was built for a provider from now on. @returns the path by which it is found. */
export function putInPlace(clisDir: string, provider: string, building: string): string {
  const name = `.${provider}${installedMark}${Date.now()}-${process.pid}`;
  renameSync(building, join(clisDir, name));
  use(clisDir, provider, name);
  return join(clisDir, provider);
}

/**
 * At the start of the app, before anything of this folder runs: finishes what a killed app began. Where a provider has no working link, its newest
 * whole installation is used. Never throws.
 * @returns resolves when what is not used any more is removed.
 */
export async function tidyInstallations(clisDir: string): Promise<void> {
  const names = namesIn(clisDir);
  const marked = names.flatMap((name) => {
    const [, provider, kind, time] = /^\.([a-z][^.]*?)(-building-|-link-|-at-)(?:(\d+)-\d+$|.*)/.exec(name) ?? [];
    return provider === undefined ? [] : [{ name, provider, kind, time: Number(time ?? 0) }];
  });
  const used = new Set<string>();
  for (const provider of new Set(marked.map((one) => one.provider))) {
    const whole = marked.filter((one) => one.provider === provider && one.kind === installedMark);
    const newest = whole.sort((a, b) => b.time - a.time)[0];
    try {
      if (newest !== undefined && !isThere(join(clisDir, provider))) use(clisDir, provider, newest.name);
      const target = linkTarget(join(clisDir, provider));
      if (target !== null) used.add(target);
    } catch {
      // Nothing of it is removed then, and the next start tries again.
      for (const { name } of whole) used.add(name);
    }
  }
  await Promise.all(
    marked.map(async ({ name, provider, kind }) => {
      if (used.has(name)) return;
      const path = join(clisDir, name);
      // What is half removed is not to be taken for an installation.
      const doomed = kind === installedMark ? join(clisDir, `.${provider}${buildingMark}${name.slice(1)}`) : path;
      try {
        if (doomed !== path) renameSync(path, doomed);
      } catch {
        return;
      }
      await removeFolder(doomed);
    }),
  );
}

/** In the background of the app: an installation has thousands of files. A file in use (Windows) leaves it to the next start. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

function use(clisDir: string, provider: string, name: string): void {
  const place = join(clisDir, provider);
  const fresh = join(clisDir, `.${provider}${linkMark}${process.pid}`);
  rmSync(fresh, { force: true });
  if (process.platform === 'win32') symlinkSync(join(clisDir, name), fresh, 'junction');
  else symlinkSync(name, fresh);
  // A folder, or on Windows a link, cannot be replaced in one step; a kill between these two is made good by the next start.
  const there = lstatSync(place, { throwIfNoEntry: false });
  if (there !== undefined && (process.platform === 'win32' || !there.isSymbolicLink())) {
    if (there.isSymbolicLink()) unlinkSync(place);
    else renameSync(place, join(clisDir, `.${provider}${installedMark}0-${process.pid}`));
  }
  renameSync(fresh, place);
}

/** It can be followed to a folder. */
function isThere(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Name of the installation a link leads to; null where there is no link. */
function linkTarget(place: string): string | null {
  const there = lstatSync(place, { throwIfNoEntry: false });
  return there?.isSymbolicLink() ? basename(readlinkSync(place)) : null;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
