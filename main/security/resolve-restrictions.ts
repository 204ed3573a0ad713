import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { err, ok, type Result } from '../base/result.ts';
import type { Restrictions } from '../protocol/access.ts';
import type { Problem } from '../protocol/errors.ts';
import { namePath, unreachable, withinTime } from './folders.ts';

const impact = 'Nothing was made or changed.';

/**
 * The same restrictions with the real paths of their folders: sessions stand under theirs, and what a credential is narrowed to must not change its
 * meaning when a link does.
 */
export async function resolveRestrictions(
  restrictions: Restrictions,
  home: string = homedir(),
): Promise<Result<Restrictions, Problem>> {
  const workspaces = new Set<string>();
  for (const folder of restrictions.workspaces ?? []) {
    const named = namePath(folder, home);
    if ('problem' in named) return err({ ...named.problem, impact });
    const real = await withinTime(resolve(named.path), err({ ...unreachable(named.path, 'ETIMEDOUT'), impact }));
    if (!real.ok) return real;
    workspaces.add(real.value);
  }
  return ok({
    ...(restrictions.workspaces ? { workspaces: [...workspaces] } : {}),
    ...(restrictions.sessions ? { sessions: [...new Set(restrictions.sessions)] } : {}),
  });
}

async function resolve(path: string): Promise<Result<string, Problem>> {
  try {
    const real = await realpath(path);
    if ((await stat(real)).isDirectory()) return ok(real);
    return err({ ...unreachable(path, 'ENOTDIR'), impact });
  } catch (error) {
    return err({ ...unreachable(path, (error as NodeJS.ErrnoException).code), impact });
  }
}
