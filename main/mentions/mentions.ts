import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { refuseQuery } from '../orchestrator/connection.ts';
import type { Orchestrator } from '../orchestrator/orchestrator.ts';
import type { Folders, Principal, QueryHandlers } from '../orchestrator/ports.ts';
import { noSession } from '../orchestrator/problems.ts';
import { inspectFor } from '../orchestrator/restrictions.ts';
import type { Problem } from '../protocol/errors.ts';
import type { SessionId } from '../protocol/ids.ts';
import type { FilesFound } from '../protocol/mentions.ts';
import { say } from '../protocol/saying.ts';
import { secretPlaces } from '../security/file-path.ts';
import { type FolderFiles, listFolderFiles } from './folder-files.ts';
import { lookAt } from './look-at.ts';
import { type FileIndex, indexFiles, searchFiles } from './search-files.ts';

/** A listing is searched for so long: within one word that is typed it is the same, and a file that was just made is in the next one. Milliseconds. */
const freshMs = 2000;
/** Folders whose listing is kept. One of 200,000 files takes some 80 MB. */
const keptFolders = 2;
/** A listing nobody searches is let go. Milliseconds. */
const idleMs = 60_000;

interface Kept {
  readonly index: Promise<FileIndex>;
  listedAt: number;
  usedAt: number;
}

const noPlace: Problem = {
  code: 'invalid_frame',
  say: say('mentions.noPlace'),
  message: 'Neither a session nor a folder was named.',
  impact: 'Nothing was looked for.',
  next: 'Name the session, or the folder in which one is to be opened.',
};

/** Answers what can be mentioned in a prompt. @param list - for tests: how a folder is listed. */
export function createMentions(parts: {
  home: string;
  userHome: string;
  orchestrator: Pick<Orchestrator, 'runtime'>;
  folders: Folders;
  clock: Clock;
  list?: (folder: string, skipped: readonly string[]) => Promise<FolderFiles>;
}): Pick<QueryHandlers, 'files_search'> {
  const { home, userHome, orchestrator, folders, clock, list = listFolderFiles } = parts;
  // A session may work in the person's home: what lies in these is not even named.
  const skipped = [home, ...secretPlaces.map((place) => join(userHome, place))];
  const kept = new Map<string, Kept>();

  function indexOf(folder: string): Promise<FileIndex> {
    const now = clock.now();
    let one = kept.get(folder);
    if (!one || now - one.listedAt > freshMs) {
      one = { index: list(folder, skipped).then(indexFiles), listedAt: now, usedAt: now };
      one.index.catch(() => kept.delete(folder));
    }
    one.usedAt = now;
    // The order of a map is that of its insertions: the first one was used longest ago.
    kept.delete(folder);
    kept.set(folder, one);
    for (const key of [...kept.keys()].slice(0, -keptFolders)) kept.delete(key);
    forgetLater();
    return one.index;
  }

  let forgetting: NodeJS.Timeout | null = null;
  function forgetLater(): void {
    if (forgetting) return;
    forgetting = setTimeout(() => {
      forgetting = null;
      for (const [folder, { usedAt }] of kept) if (clock.now() - usedAt >= idleMs) kept.delete(folder);
      if (kept.size > 0) forgetLater();
    }, idleMs);
    forgetting.unref();
  }

  /** The folder of a session, or one in which whoever asks may open one. */
  async function placeOf(
    session_id: SessionId | undefined,
    folder: string | undefined,
    principal: Principal,
  ): Promise<{ path: string } | { problem: Problem }> {
    if (session_id !== undefined) {
      const runtime = orchestrator.runtime(session_id);
      return runtime ? { path: runtime.state.cwd } : { problem: noSession };
    }
    if (folder === undefined) return { problem: noPlace };
    return inspectFor(principal, folders, folder);
  }

  return {
    async files_search({ session_id, cwd: folder, text, limit }, principal) {
      const place = await placeOf(session_id, folder, principal);
      if ('problem' in place) return refuseQuery(place.problem);
      const cwd = place.path;
      const found = await searchFiles(await indexOf(cwd), text, limit);
      // Some of it may be gone by now, and a link may lead elsewhere: only what was looked at is told.
      const looked = await Promise.all(found.files.map((hit) => lookAt(cwd, hit, skipped)));
      return { ...found, files: looked.filter((hit) => hit !== null) } satisfies FilesFound;
    },
  };
}
