import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The folder where everything of one installation lives, the same for the window, headless and the command line:
 * `~/Library/Application Support/Quarterdeck`, `%APPDATA%\Quarterdeck`, `$XDG_DATA_HOME/quarterdeck` (`~/.local/share/quarterdeck`).
 * `QUARTERDECK_HOME` overrides it.
 */
export function defaultHome(
  env: Record<string, string | undefined> = process.env,
  platform: string = process.platform,
): string {
  if (env.QUARTERDECK_HOME) return resolve(env.QUARTERDECK_HOME);
  const user = env.HOME || env.USERPROFILE || homedir();
  if (platform === 'darwin') return join(user, 'Library', 'Application Support', 'Quarterdeck');
  if (platform === 'win32') return join(env.APPDATA || join(user, 'AppData', 'Roaming'), 'Quarterdeck');
  return join(env.XDG_DATA_HOME || join(user, '.local', 'share'), 'quarterdeck');
}

/** Where things are in a home. */
export const homePaths = (home: string) => ({
  database: join(home, 'quarterdeck.db'),
  backups: join(home, 'backups'),
  /** A backup that is to be opened at the next start. */
  restore: join(home, 'restore'),
  /** How what happens by itself with the data ended last. */
  dataState: join(home, 'data-state.json'),
  /** Archives of everything, where no other place was named. */
  exports: join(home, 'exports'),
  attachments: join(home, 'attachments'),
  lock: join(home, 'instance.lock'),
  running: join(home, 'running.json'),
  /** Left when a read failed: the next start checks the whole database. */
  checkDatabase: join(home, 'check-database'),
  ownerToken: join(home, 'owner-token'),
  logs: join(home, 'logs'),
  /** With it stored API keys are wrapped where the system has no keychain. */
  secretsKey: join(home, 'secrets.key'),
  /** The code of the first-run setup, while it is to be done. */
  setupCode: join(home, 'setup-code'),
  /** CLIs that the app installed itself. */
  clis: join(home, 'clis'),
  /** Running CLIs, for the start after a crash. */
  processes: join(home, 'processes'),
  /** A certificate that was made here, and its key. */
  tls: join(home, 'tls'),
  /** The gateway's door for local programs. */
  socket: join(home, 'gateway.sock'),
  /** What a terminal window of ours runs. */
  terminal: join(home, 'terminal'),
});

/** What the running app tells others of this user about itself (`running.json`, 0600). No secret is in it. */
export interface Running {
  pid: number;
  /** Base address of its gateway, e.g. `http://127.0.0.1:8741`; null while it has none (a verb of the command line). */
  url: string | null;
  composition: 'desktop' | 'headless' | 'cli';
  started_at: number;
}

/** What the last app that held this home said. It may be gone: the lock tells whether one runs, this tells where. Null: nobody ever said. */
export function readRunning(home: string): Running | null {
  try {
    const value = JSON.parse(readFileSync(homePaths(home).running, 'utf8')) as Partial<Running>;
    if (typeof value.pid !== 'number' || (typeof value.url !== 'string' && value.url !== null)) return null;
    return value as Running;
  } catch {
    return null;
  }
}

export function writeRunning(home: string, running: Running): void {
  const { running: path } = homePaths(home);
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(running)}\n`, { mode: 0o600 });
  renameSync(temporary, path);
}

/** Removes it, if it is still ours. */
export function clearRunning(home: string): void {
  if (readRunning(home)?.pid === process.pid) rmSync(homePaths(home).running, { force: true });
}
