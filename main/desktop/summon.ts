/** What of Electron's `globalShortcut` summoning needs. */
export interface GlobalKeys {
  register(accelerator: string, pressed: () => void): boolean;
  unregister(accelerator: string): void;
  isRegistered(accelerator: string): boolean;
}

export interface Summon {
  view(): { accelerator: string | null; works: boolean };
  /** Takes other keys, or none. False: somebody else has them, and nothing was changed. */
  set(accelerator: string | null): boolean;
}

/**
 * Keys that count in the whole system. The system may refuse them, to one program at a time; keys that were ours at the last start and are
 * somebody else's now stay in the settings, where it is said that they do not work.
 */
export function createSummon(keys: GlobalKeys, initial: string | null, pressed: () => void): Summon {
  let accelerator = initial;
  if (accelerator !== null) take(accelerator);
  function take(wanted: string): boolean {
    try {
      return keys.register(wanted, pressed);
    } catch {
      return false;
    }
  }
  return {
    view: () => ({ accelerator, works: accelerator !== null && keys.isRegistered(accelerator) }),
    set(next) {
      const had = accelerator !== null && keys.isRegistered(accelerator) ? accelerator : null;
      if (next !== null && next !== had && !take(next)) return false;
      if (had !== null && had !== next) keys.unregister(had);
      accelerator = next;
      return true;
    },
  };
}

/** What of a window being summoned needs. */
interface SummonedWindow {
  isFocused(): boolean;
  isMinimized(): boolean;
  isDestroyed(): boolean;
  minimize(): void;
  restore(): void;
}

/**
 * Brings the app to the front, or puts it away when a person looks at it. Put away it stays where they look for it: on a Mac the app is hidden, elsewhere
 * its windows are in the taskbar.
 * @param hideApp - null where a system does not hide apps.
 */
export function createToggle(
  windows: { all(): readonly SummonedWindow[]; show(): unknown },
  hideApp: (() => void) | null,
): () => void {
  let away: SummonedWindow[] = [];
  return () => {
    const all = windows.all();
    if (!all.some((one) => one.isFocused())) {
      for (const one of away.splice(0)) if (!one.isDestroyed() && one.isMinimized()) one.restore();
      windows.show();
      return;
    }
    if (hideApp !== null) return hideApp();
    away = all.filter((one) => !one.isMinimized());
    for (const one of away) one.minimize();
  };
}
