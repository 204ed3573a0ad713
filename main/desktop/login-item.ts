import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { LoginView } from '../protocol/desktop.ts';
import { formatAutostart, parseAutostart } from './autostart-file.ts';
import { hiddenOption } from './start-options.ts';

/** Opening at login, as the system has it: it is asked anew each time, for a person may change it there. */
export interface LoginItem {
  view(): LoginView;
  /** @throws Error when the system refuses. */
  set(on: boolean, hidden: boolean): void;
}

/** What of `electron.app` opening at login needs. */
export interface LoginApp {
  getLoginItemSettings(options?: { path: string; args: string[] }): {
    openAtLogin: boolean;
    executableWillLaunchAtLogin?: boolean;
    status?: string;
  };
  setLoginItemSettings(settings: { openAtLogin: boolean; path?: string; args?: string[] }): void;
}

export interface LoginParts {
  platform: NodeJS.Platform;
  app: LoginApp;
  packaged: boolean;
  env: NodeJS.ProcessEnv;
  /** This program with the arguments that every start of it has. */
  command: readonly string[];
  /** On a Mac the system hands no arguments over: what the person wants is kept by us, and counts when the system opened the app. */
  keepHidden: { get(): boolean; set(hidden: boolean): void };
}

const off: LoginView = { can: true, on: false, hidden: false, unapproved: false, other: null };

export function createLoginItem(parts: LoginParts): LoginItem {
  if (parts.platform === 'darwin') return macItem(parts);
  return parts.platform === 'win32' ? windowsItem(parts) : autostartItem(parts);
}

function macItem({ app, packaged, keepHidden }: LoginParts): LoginItem {
  return {
    view() {
      const { openAtLogin, status } = app.getLoginItemSettings();
      const unapproved = status === 'requires-approval';
      return { ...off, can: packaged, on: openAtLogin || unapproved, hidden: keepHidden.get(), unapproved };
    },
    set(on, hidden) {
      keepHidden.set(hidden);
      app.setLoginItemSettings({ openAtLogin: on });
    },
  };
}

/** The arguments tell whether it opens hidden: the system says which of the two it would start. */
function windowsItem({ app, command: [path = '', ...args] }: LoginParts): LoginItem {
  const argsOf = (hidden: boolean) => [...args.map((arg) => `"${arg}"`), ...(hidden ? [hiddenOption] : [])];
  const has = (hidden: boolean): boolean => {
    const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings({ path, args: argsOf(hidden) });
    // Switched off in the Task Manager it is registered and not opened.
    return openAtLogin && executableWillLaunchAtLogin !== false;
  };
  return {
    view: () => ({ ...off, on: has(false) || has(true), hidden: has(true) }),
    set: (on, hidden) => app.setLoginItemSettings({ openAtLogin: on, path, args: argsOf(hidden) }),
  };
}

function autostartItem({ env, command }: LoginParts): LoginItem {
  const config = env.XDG_CONFIG_HOME;
  const folder = config !== undefined && isAbsolute(config) ? config : join(env.HOME ?? homedir(), '.config');
  const file = join(folder, 'autostart', 'quarterdeck.desktop');
  return {
    view() {
      let text: string;
      try {
        text = readFileSync(file, 'utf8');
      } catch {
        return off;
      }
      const entry = parseAutostart(text);
      if (entry === null || !entry.enabled) return off;
      const [program = ''] = entry.command;
      const hidden = entry.command.includes(hiddenOption);
      return { ...off, on: true, hidden, other: program === command[0] ? null : program };
    },
    set(on, hidden) {
      if (!on) {
        rmSync(file, { force: true });
        return;
      }
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      const temporary = `${file}.new`;
      writeFileSync(temporary, formatAutostart(hidden ? [...command, hiddenOption] : command), { mode: 0o644 });
      renameSync(temporary, file);
    },
  };
}
