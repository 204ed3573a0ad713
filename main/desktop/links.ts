import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SessionId } from '../protocol/ids.ts';
import type { PageCommand } from '../protocol/ipc.ts';
import type { NativeWords } from './words/native-words.ts';

/** The scheme of links into the app. */
export const linkScheme = 'quarterdeck';

/** As long as a prompt in a link may be, characters: what a person can still look over before sending it. */
export const linkPromptLimit = 8_000;

/** Why a link was refused; the sentence for each stands in the catalogues. */
export type RefusedLink = keyof NativeWords['link']['why'];

export type OpenRequest = { ok: true; command: PageCommand } | { ok: false; why: RefusedLink };

/**
 * Reads `quarterdeck://session/ID` and `quarterdeck://new?folder=PATH&prompt=TEXT`. Anybody can write such a link: it leads to a place and fills
 * a form, and nothing it says is ever sent or run by itself. What is not exactly one of the two is refused.
 */
export function readLink(link: string): OpenRequest {
  const url = link.length > 32_000 ? null : URL.parse(link);
  if (url === null || url.protocol !== `${linkScheme}:`) return refused('notOurs');
  if (url.username !== '' || url.password !== '' || url.port !== '' || url.hash !== '') {
    return refused('strangeParts');
  }
  const names = [...url.searchParams.keys()];
  if (url.hostname === 'session') {
    const id = url.pathname.slice(1).replace(/\/$/, '');
    if (!SessionId.safeParse(id).success || names.length > 0) return refused('noSession');
    return { ok: true, command: { type: 'open_session', session_id: id } };
  }
  if (url.hostname !== 'new' || !/^\/?$/.test(url.pathname)) return refused('nowhere');
  const strange = names.find((name, index) => !['folder', 'prompt'].includes(name) || names.indexOf(name) !== index);
  if (strange !== undefined) return refused('asksTooMuch');
  const folder = url.searchParams.get('folder');
  const prompt = url.searchParams.get('prompt');
  if (folder !== null && !plainFolder(folder)) return refused('folder');
  if (prompt !== null && (prompt.length > linkPromptLimit || hidesText(prompt))) {
    return refused('text');
  }
  return {
    ok: true,
    command: { type: 'new_session', ...(folder && { cwd: folder }), ...(prompt && { text: prompt }) },
  };
}

/**
 * What a start asks for: the first link or folder (a path, or a `file:` link) among its arguments, as a second start, the icon and the system's links hand it over. Null: no
 * more than to be shown.
 * @param argv - with the program first, and the app's folder when it is not packaged.
 * @param isFolder - looks at the disk.
 */
export function readOpenArguments(
  argv: readonly string[],
  cwd: string,
  isFolder: (path: string) => boolean,
): OpenRequest | null {
  for (const [index, argument] of argv.entries()) {
    if (argument.toLowerCase().startsWith(`${linkScheme}:`)) return readLink(argument);
    // The value of an option is no folder to open.
    if (argument.startsWith('-') || /^--(home|port)$/.test(argv[index - 1] ?? '')) continue;
    if (/^file:/i.test(argument)) return readFolderLink(argument, isFolder);
    const path = resolve(cwd, argument);
    if (isFolder(path)) return { ok: true, command: { type: 'new_session', cwd: path } };
  }
  return null;
}

/**
 * A folder as launchers of Linux hand it over (`%U` of a desktop entry): `file:///home/me/my%20app`. One that cannot be opened says so: nobody gives a
 * program such an argument by the way, as Chromium's and other people's plain words stand among them.
 */
function readFolderLink(link: string, isFolder: (path: string) => boolean): OpenRequest {
  const path = pathOfFileLink(link);
  if (path === null || !isFolder(path)) return refused('noFolder');
  return { ok: true, command: { type: 'new_session', cwd: path } };
}

/** Null: it names no place on this machine. */
function pathOfFileLink(link: string): string | null {
  try {
    const path = fileURLToPath(link);
    return onThisMachine(path) ? resolve(path) : null;
  } catch {
    // A host, or an escape that hides a slash.
    return null;
  }
}

function plainFolder(path: string): boolean {
  return path.length <= 4_096 && onThisMachine(path) && !hidesText(path);
}

/** No share of another machine: asking it alone would tell it who asks. */
const onThisMachine = (path: string): boolean => isAbsolute(path) && !/^(\\\\|\/\/)/.test(path);

/** Control characters but line breaks and tabs, and characters that show nothing or turn the direction of writing; joiners belong to words. */
function hidesText(text: string): boolean {
  return /(?![\n\r\t\u200c\u200d])[\p{Cc}\p{Cf}]/u.test(text);
}

const refused = (why: RefusedLink): OpenRequest => ({ ok: false, why });
