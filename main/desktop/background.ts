import type { BackgroundView } from '../protocol/desktop.ts';

interface Parts {
  platform: NodeJS.Platform;
  /** There is an icon beside the clock, by which a window comes back. */
  hasTray(): boolean;
  /** What the person has set; null: nothing yet. */
  chosen(): boolean | null;
  /** The system opens the app at login without a window: whoever wants that wants it to be there without one. */
  opensHidden(): boolean;
}

/** Whether the app goes on when its last window is closed. */
export interface Background {
  /** Null: there is nothing to set. On a Mac every app goes on. */
  view(): BackgroundView | null;
  goesOn(): boolean;
}

/**
 * Goes on only where a person has asked for that, and where there is an icon to come back by: an app that lives on without either cannot be found again.
 */
export function createBackground({ platform, hasTray, chosen, opensHidden }: Parts): Background {
  const isOn = (): boolean => chosen() ?? opensHidden();
  if (platform === 'darwin') return { view: () => null, goesOn: () => true };
  return {
    view: () => ({ can: hasTray(), on: isOn() }),
    goesOn: () => hasTray() && isOn(),
  };
}
