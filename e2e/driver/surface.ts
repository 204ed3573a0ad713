import type { Locator, Page } from 'playwright';
import type { HostState, SystemCall } from '../host/control.ts';
import type { HeldFiles } from '../steps/drag.ts';

/** What the app is driven through: the window (Electron, or the Chromium host where its runtime cannot be had), or the browser on headless. */
export type SurfaceKind = 'window' | 'browser';
export type Which = 'electron' | 'chromium-host' | 'headless';

export interface LaunchOptions {
  home: string;
  /** Added to this process's environment; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
  /** Of the gateway; 0, the default: any free one. */
  port?: number;
  /** More arguments of the app. */
  args?: string[];
  /** A command that starts the app, e.g. one that enters a mount namespace. Headless and on the Chromium host; Electron's runtime is started as it is. */
  wrap?: readonly string[];
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
  /** The browser is a phone's: small, touched, without a pointer that hovers. */
  phone?: boolean;
  /** It starts without a window: `page` is blank until it has one. */
  hidden?: boolean;
}

export interface Exit {
  code: number | null;
  signal: string | null;
}

/** A running app with its page, the same for every surface, so that a spec is written once. */
export interface Surface {
  readonly which: Which;
  readonly page: Page;
  /** Process id of main: the one that holds the database. */
  readonly pid: number;
  readonly home: string;
  /** What the app wrote so far, stdout and stderr in the order they came. */
  output(): string;
  /** Resolves when the process of main is gone. */
  readonly exited: Promise<Exit>;
  /** Sends a signal and waits until main and the browser behind it are gone. What main had started is not waited for. */
  kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): Promise<Exit>;
  /** Ends the app as a person does (closes the window; headless: Ctrl-C) and waits. Nothing when it has ended already. */
  close(): Promise<Exit>;
  /** What only a window has; null in the browser. */
  readonly desktop: DesktopControls | null;
}

/** The system around a window, in the hands of the spec. */
export interface DesktopControls {
  /** What the next folder dialog answers; null: the person cancels. */
  answerFolderDialog(path: string | null): Promise<void>;
  /** Links, folders and dialogs the app asked the system for, oldest first. */
  calls(): Promise<SystemCall[]>;
  state(): Promise<HostState>;
  /** Goes to a window, by its `id` in the state, as a click on it does. */
  focusWindow(id: number): Promise<void>;
  /** Goes to another app. On the Chromium host alone. */
  lookAway(): Promise<void>;
  /** Presses on the notification shown last, beside its buttons or on one of them. On the Chromium host alone. */
  pressNotification(action?: number): Promise<void>;
  /** Clicks on the tray icon, or chooses from its menu. On the Chromium host alone. */
  useTray(label?: string): Promise<void>;
  /** The system in the hands of the spec; null on Electron, where it is a real one. */
  readonly system: SystemControls | null;
  /** Runs a command of the application menu, by labels or roles. */
  chooseMenu(...path: string[]): Promise<void>;
}

/** What a system does that a spec can only bring about where the host stands in for it. */
export interface SystemControls {
  /** Presses keys that count everywhere. */
  pressKeys(accelerator: string): Promise<void>;
  /** Another program has these keys. */
  takeKeys(accelerator: string): Promise<void>;
  /** Words that are wrong, each with what is suggested for it. */
  teachDictionary(words: Record<string, string[]>): Promise<void>;
  /** Chooses from the menu that a right click has opened. */
  choosePopup(name: string): Promise<void>;
  /** Drags files or folders of the disk from outside to the middle of an element. */
  hold(on: Locator, paths: string[]): Promise<HeldFiles>;
}

/** A start that came to its end by itself: refused, or handed over to an app that ran already. */
export interface EndedStart extends Exit {
  output: string;
  calls: SystemCall[];
}
