import { t } from '../strings/index.ts';
import { doPageCommand } from './app-commands.ts';
import { addFiles } from './attachments.ts';
import type { Client } from './client.ts';
import { newSessionDraft } from './draft-sync.ts';

interface DroppedFolder {
  readonly name: string;
  /** What the app's window finds its path by; some browsers have none. */
  readonly file: File | null;
}

export interface Dropped {
  readonly folders: readonly DroppedFolder[];
  readonly files: readonly File[];
}

/** Files or folders are held above the page. */
export const holdsFiles = ({ types }: Pick<DataTransfer, 'types'>): boolean => types.includes('Files');

/**
 * Whether there may be a folder in what is held above the page. A browser tells no more than media types before the drop: a folder has none, and
 * neither has a file whose kind is not known.
 */
export function mayHoldFolder({ items }: Pick<DataTransfer, 'items'>): boolean {
  const held = [...items].filter((item) => item.kind === 'file');
  return held.length === 0 || held.some((item) => item.type === '');
}

/** Takes apart what was dropped; only while the event of the drop lasts. */
export function takeApart({ items }: Pick<DataTransfer, 'items'>): Dropped {
  const held = [...items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry?.() ?? null }));
  return {
    folders: held.flatMap(({ file, entry }) => (entry?.isDirectory ? [{ name: entry.name, file }] : [])),
    files: held.flatMap(({ file, entry }) => (file && !entry?.isDirectory ? [file] : [])),
  };
}

/**
 * Begins a draft in the first folder, as for a folder among the arguments of a start. Where that cannot be, says what a person can do instead.
 * @returns whether there is a draft.
 */
export function openFolders(client: Client, folders: readonly DroppedFolder[]): boolean {
  const { pathOf } = client.bridge;
  const [first] = folders.flatMap(({ name, file }) => {
    const cwd = (file && pathOf?.(file)) || null;
    return cwd === null ? [] : [{ name, cwd }];
  });
  if (first) {
    doPageCommand({ type: 'new_session', cwd: first.cwd });
    const said = t.drop.onlyFirst;
    if (folders.length > 1) client.report({ code: 'conflict', ...said, message: said.message(first.name) });
    return true;
  }
  const said = pathOf ? t.drop.nowhere : t.drop.unseen;
  client.report({ code: 'folder_missing', ...said, message: said.message(folders[0]?.name ?? '') });
  return false;
}

/** Something was dropped where only folders are taken. Files that come with one go with its draft. */
export function takeFolders(client: Client, { folders, files }: Dropped): void {
  const begun = folders.length > 0 && openFolders(client, folders);
  if (begun) addFiles(client, newSessionDraft, files);
  else if (files.length > 0) client.report({ code: 'invalid_frame', ...t.drop.notTaken });
}
