import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
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

/**
 * Opens a one-time link in the default browser. What fails here fails quietly: the link is printed besides.
 *
 * Arguments of processes can be read by every user of a machine (`ps`), so the link itself is not one: a page that only this user can read
 * leads to it. It lies in the home folder, because sandboxed browsers (snap, flatpak) see neither /tmp nor hidden folders.
 * @returns whether an attempt was made.
 */
export function openBrowser(link: string, platform = process.platform, env = process.env, folder = homedir()): boolean {
  const opener = browserOpener(platform, env);
  if (!opener) return false;
  let target = link;
  if (platform !== 'win32') {
    const page = join(folder, `quarterdeck-open-${process.pid}.html`);
    const remove = () => rmSync(page, { force: true });
    try {
      writeFileSync(page, redirectPage(link), { mode: 0o600, flag: 'wx' });
    } catch {
      return false;
    }
    setTimeout(remove, pageLivesMs).unref();
    process.once('exit', remove);
    target = pathToFileURL(page).href;
  }
  const child = spawn(opener.command, [...opener.args, target], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
  return true;
}

/** @param link - our own: it holds no character that would need escaping. @throws {RangeError} when it does. */
export function redirectPage(link: string): string {
  if (!/^http:\/\/[\w.:[\]-]+\/[\w#=.~/-]*$/.test(link)) throw new RangeError('not a link of ours');
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${link}"><title>Quarterdeck</title><p><a href="${link}">Open Quarterdeck</a></p>\n`;
}
