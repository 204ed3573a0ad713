import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/** How long the page that leads to the link lies around, milliseconds. */
const pageLivesMs = 15_000;

/** The program that opens addresses on this system, and its arguments; null where nobody would see a browser. */
export function browserOpener(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
): { command: string; args: string[] } | null {
  if (env.QUARTERDECK_NO_BROWSER || env.CI) return null;
  if (platform === 'darwin') return { command: 'open', args: [] };
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return null;
  return { command: 'xdg-open', args: [] };
}

/** How long a program that has nothing else to do stays, so that the browser finds the page, milliseconds. */
const loadWithinMs = 6_000;

/** A page of this user that leads to a one-time link. */
export interface LinkPage {
  /** Address to open instead of the link. */
  target: string;
  /** Settles when a browser has had time to load it; then it is gone. A program that ends before takes the page away from under the browser. */
  loaded(): Promise<void>;
}

/**
 * Makes the address that is handed to the system instead of a one-time link.
 *
 * Arguments of processes can be read by every user of a machine (`ps`), so the link itself must not be one: a page that only this user can
 * read leads to it. It lies in the home folder, because sandboxed browsers (snap, flatpak) see neither /tmp nor hidden folders. It is removed
 * after a while, and when this process ends. On Windows other users cannot read arguments, and the link goes as it is.
 * @returns null when the page cannot be written. @throws {RangeError} when it is no link of ours.
 */
export function linkPage(
  link: string,
  platform: NodeJS.Platform = process.platform,
  folder = homedir(),
): LinkPage | null {
  const html = redirectPage(link);
  if (platform === 'win32') return { target: link, loaded: () => Promise.resolve() };
  const page = join(folder, `quarterdeck-open-${process.pid}-${randomBytes(4).toString('hex')}.html`);
  const remove = () => {
    process.off('exit', remove);
    rmSync(page, { force: true });
  };
  try {
    writeFileSync(page, html, { mode: 0o600, flag: 'wx' });
  } catch {
    return null;
  }
  setTimeout(remove, pageLivesMs).unref();
  process.once('exit', remove);
  return { target: pathToFileURL(page).href, loaded: () => delay(loadWithinMs).then(remove) };
}

/**
 * Opens a one-time link in the default browser, by a page that leads to it. What fails here fails quietly: another link is printed besides.
 * @returns null when no attempt was made; else what to wait for before the process may end.
 */
export function openBrowser(
  link: string,
  platform = process.platform,
  env = process.env,
  folder = homedir(),
): Pick<LinkPage, 'loaded'> | null {
  const opener = browserOpener(platform, env);
  const page = opener && linkPage(link, platform, folder);
  if (!page) return null;
  const child = spawn(opener.command, [...opener.args, page.target], { stdio: 'ignore', detached: true });
  const failed = new Promise<void>((resolve) => child.on('error', () => resolve()));
  child.unref();
  return { loaded: () => Promise.race([page.loaded(), failed]) };
}

/** @param link - our own: it holds no character that would need escaping. @throws {RangeError} when it does. */
export function redirectPage(link: string): string {
  if (!/^http:\/\/[\w.:[\]-]+\/[\w#=.~/-]*$/.test(link)) throw new RangeError('not a link of ours');
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${link}"><title>Quarterdeck</title><p><a href="${link}">Open Quarterdeck</a></p>\n`;
}
