import { recallJson, remember } from './storage.ts';

/** What was sent from here, by folder, newest first: for going back to it from another session in the same folder. */
type Said = Readonly<Record<string, readonly string[]>>;

const key = 'said-in-folder';
/** Of a folder, and folders. */
const mostSaid = 50;
const mostFolders = 30;
/** A longer one is a document, which nobody goes back to by arrow. Characters. */
const mostChars = 4_000;

const isSaid = (value: unknown): value is Said =>
  typeof value === 'object' && value !== null && Object.values(value).every(Array.isArray);
const kept = (): Said => recallJson(key, isSaid) ?? {};

export function saidInFolder(folder: string): readonly string[] {
  const all = kept();
  return Object.hasOwn(all, folder) ? (all[folder] ?? []) : [];
}

export function rememberSaid(folder: string, text: string): void {
  if (text.trim() === '' || text.length > mostChars) return;
  const said = [text, ...saidInFolder(folder).filter((one) => one !== text)].slice(0, mostSaid);
  const others = Object.entries(kept()).filter(([other]) => other !== folder);
  remember(key, JSON.stringify(Object.fromEntries([...others, [folder, said]].slice(-mostFolders))));
}
