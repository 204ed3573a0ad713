import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isImage } from './gateway/files/media-type.ts';
import { createFileQueries } from './gateway/files/queries.ts';
import type { Uploads } from './gateway/files/routes.ts';
import type { Orchestrator } from './orchestrator/orchestrator.ts';
import type { Principal } from './orchestrator/ports.ts';
import { isWithin } from './orchestrator/restrictions.ts';
import { limits } from './protocol/limits.ts';
import { secretPlaces } from './security/file-path.ts';
import { createFileRoots } from './security/file-roots.ts';
import type { AttachmentStore } from './storage/attachment-store.ts';
import { createReceivedFiles } from './storage/received-files.ts';
import type { Uploader } from './storage/upload-folder.ts';

/** Whose uploads: the same for all doors of one key or device. */
export const uploaderOf = ({ actor, scopes }: Principal): Uploader => ({
  id: `${actor.kind} ${actor.id ?? ''}`,
  owner: actor.kind === 'owner' || scopes.has('admin'),
});

/** Which files of this machine a client may have, and where those go that it sends. */
export function createFileAccess(parts: {
  home: string;
  orchestrator: Pick<Orchestrator, 'summaries'>;
  attachments: Pick<AttachmentStore, 'adopt'>;
  /** Home of the person; the system's where none is named. */
  userHome?: string;
}) {
  const { home, orchestrator, attachments, userHome = homedir() } = parts;
  const received = createReceivedFiles(join(home, 'uploads'));
  /** Where chats work that begin without a folder. */
  const chats = join(home, 'chats');

  const roots = createFileRoots({
    rootsOf(principal, session_id) {
      const by = uploaderOf(principal);
      const uploads = by.owner ? received.folder : received.folderOf(by);
      const visible = orchestrator.summaries().filter((one) => isWithin(principal, one));
      if (session_id === undefined) return [...new Set(visible.map(({ cwd }) => cwd)), uploads];
      const session = visible.find((one) => one.session_id === session_id);
      return session ? [session.cwd] : null;
    },
    // The app's own data holds the owner's token and the keys of the agents.
    forbidden: [home, ...secretPlaces.map((place) => join(userHome, place))],
    excepted: [received.folder, chats],
  });

  const uploads: Uploads = {
    begin: (name, principal) => received.begin(name, uploaderOf(principal)),
    async attach(kept, media_type, principal) {
      if (kept.bytes > limits.attachmentBytes) return null;
      const { name, bytes, path } = kept;
      const adopted = await attachments.adopt(path, { name, media_type, bytes }, uploaderOf(principal));
      return adopted.ok ? adopted.value : null;
    },
  };

  return {
    roots,
    uploads,
    queries: createFileQueries(roots),
    removeStale: () => received.removeStale(),
    chatFolder(): string {
      mkdirSync(chats, { recursive: true, mode: 0o700 });
      return chats;
    },
    /** Those of the paths that can be downloaded. */
    async named(principal: Principal, paths: readonly string[]) {
      const files: { path: string; name: string; is_image: boolean }[] = [];
      for (const path of paths) {
        const opened = await roots.open(path, principal);
        if (!opened.ok) continue;
        await opened.value.handle.close();
        files.push({ path: opened.value.path, name: opened.value.name, is_image: isImage(opened.value.name) });
      }
      return files;
    },
  };
}
