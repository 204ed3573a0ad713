import { app, globalShortcut, session } from 'electron';
import type { DesktopAnswer, DesktopChange } from '../protocol/desktop.ts';
import { createBackground } from './background.ts';
import { createDesktopSettings, keptDesktop } from './desktop-settings.ts';
import { createLoginItem } from './login-item.ts';
import { registerLinks } from './register-links.ts';
import { createSpelling } from './spelling.ts';
import type { SpokenLanguage } from './spoken-language.ts';
import { optionsOf } from './start-options.ts';
import { createSummon, createToggle } from './summon.ts';
import type { Windows } from './windows.ts';
import { createZoom, type Zoom } from './zoom.ts';

interface Parts {
  home: string;
  /** The person named the home; a start by the system has to name it, too. */
  homeNamed: boolean;
  windows: Windows;
  spoken: SpokenLanguage;
  /** There is an icon beside the clock. */
  hasTray(): boolean;
  /** The menu says something else now. */
  menuChanged(): void;
}

/** How the app stands on this machine: the keys that summon it, opening at login, its size, the spelling check, and who opens its links. */
export interface Desktop {
  readonly zoom: Zoom;
  /** Changes one thing, or (null) nothing, and says how everything stands. */
  settings(change: DesktopChange | null): DesktopAnswer;
  /** Whether the system has opened the app, and it was to open without a window. */
  openedHidden(): boolean;
  /** Whether the app goes on when its last window was closed. */
  goesOn(): boolean;
  /** How the app is started again by itself. */
  again(): { execPath: string; args: string[] };
}

/** Before the first window: its page is of the size that was kept, and no dictionary is fetched that nobody asked for. */
export function createDesktop({ home, homeNamed, windows, spoken, hasTray, menuChanged }: Parts): Desktop {
  const { platform, env, execPath } = process;
  const mac = platform === 'darwin';
  const kept = keptDesktop(home);
  const { summon, zoom: size, spelling: check } = kept.get();
  const zoom = createZoom(
    size,
    () => windows.all().map((window) => window.webContents),
    (factor) => {
      kept.set({ zoom: factor });
      menuChanged();
    },
  );
  app.on('web-contents-created', (_event, contents) => {
    contents.on('did-finish-load', () => zoom.apply(contents));
    contents.on('zoom-changed', (_zoomed, direction) => zoom.step(direction === 'in' ? 1 : -1));
  });
  const spelling = createSpelling(session.defaultSession, mac, check ?? mac, () => ({
    app: spoken.language(),
    wishes: app.getPreferredSystemLanguages(),
  }));
  spoken.onChange(spelling.speak);
  // Unpackaged, the program is Electron and the app its argument; an AppImage is mounted somewhere else at each start.
  const program = app.isPackaged ? [env.APPIMAGE ?? execPath] : [execPath, app.getAppPath()];
  const always = homeNamed ? [`--home=${home}`] : [];
  registerLinks(app, platform, [...program, ...always]);
  const login = createLoginItem({
    ...{ platform, app, packaged: app.isPackaged, env, command: [...program, ...always] },
    keepHidden: { get: () => kept.get().hidden, set: (hidden) => kept.set({ hidden }) },
  });
  const background = createBackground({
    ...{ platform, hasTray, chosen: () => kept.get().background },
    opensHidden() {
      const { on, hidden } = login.view();
      return on && hidden;
    },
  });
  return {
    zoom,
    goesOn: background.goesOn,
    settings: createDesktopSettings({
      ...{ kept, login, background, zoom, spelling, words: spoken.words },
      summon: createSummon(globalShortcut, summon, createToggle(windows, mac ? () => app.hide() : null)),
    }),
    again() {
      const [path = execPath, ...args] = program;
      return { execPath: path, args: [...args, ...optionsOf(process.argv)] };
    },
    openedHidden: () => mac && kept.get().hidden && app.getLoginItemSettings().wasOpenedAtLogin,
  };
}
