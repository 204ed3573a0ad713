import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { FolderFiles } from './folder-files.ts';

/** Bounds of one walk: a folder outside of git may be a whole home. */
export const walkLimits = { paths: 50_000, ms: 3000, depth: 20, rulesBytes: 256 * 1024 };

/** Folders that hold nothing a person would mention, whether or not a rule says so. */
const neverMentioned = new Set(['.git', '.hg', '.svn', 'node_modules']);

interface Rules {
  /** Relative to the folder that is walked; empty, or with a slash at its end. */
  readonly base: string;
  readonly matcher: Ignore;
}

/**
 * Files of a folder, nearest first, without what the `.gitignore` files on the way ignore. As git does it, a rule of a deeper file counts more than
 * one above it, and nothing below an ignored folder is looked at. Links are listed and not followed.
 */
export async function walkFolder(folder: string, skipped: readonly string[] = []): Promise<FolderFiles> {
  const paths: string[] = [];
  const until = performance.now() + walkLimits.ms;
  const never = new Set(skipped);
  let level: { base: string; rules: readonly Rules[] }[] = [{ base: '', rules: [] }];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > walkLimits.depth) return { paths, complete: false };
    const next: typeof level = [];
    for (const { base, rules: above } of level) {
      if (performance.now() > until) return { paths, complete: false };
      const entries = await readdir(join(folder, base), { withFileTypes: true }).catch((): Dirent[] => []);
      const own = entries.some((entry) => entry.name === '.gitignore' && entry.isFile())
        ? await rulesOf(folder, base)
        : null;
      const rules = own ? [...above, own] : above;
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const path = base + entry.name;
        const isFolder = entry.isDirectory();
        if (isIgnored(rules, isFolder ? `${path}/` : path)) continue;
        if (isFolder) {
          if (!neverMentioned.has(entry.name) && !never.has(join(folder, path))) next.push({ base: `${path}/`, rules });
          continue;
        }
        if (!entry.isFile() && !entry.isSymbolicLink()) continue;
        if (paths.length >= walkLimits.paths) return { paths, complete: false };
        paths.push(path);
      }
    }
    level = next;
  }
  return { paths, complete: true };
}

async function rulesOf(folder: string, base: string): Promise<Rules | null> {
  const text = await readFile(join(folder, base, '.gitignore'), 'utf8').catch(() => '');
  // Nobody writes such a file by hand, and matching it would take longer than the walk.
  if (text === '' || text.length > walkLimits.rulesBytes) return null;
  return { base, matcher: ignore().add(text) };
}

function isIgnored(rules: readonly Rules[], path: string): boolean {
  for (const { base, matcher } of [...rules].reverse()) {
    const { ignored, unignored } = matcher.test(path.slice(base.length));
    if (ignored || unignored) return ignored;
  }
  return false;
}
