import type { ImportedSession } from '../../../main/protocol/views.ts';

export interface ImportGroup {
  readonly cwd: string | null;
  readonly imports: readonly ImportedSession[];
}

/** Conversations by their folder, in the order they came: newest first, and so are the folders. */
export function groupImports(imports: readonly ImportedSession[]): ImportGroup[] {
  const groups = new Map<string | null, ImportedSession[]>();
  for (const one of imports) {
    const group = groups.get(one.cwd);
    if (group) group.push(one);
    else groups.set(one.cwd, [one]);
  }
  return [...groups].map(([cwd, list]) => ({ cwd, imports: list }));
}
