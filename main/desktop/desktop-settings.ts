import { join } from 'node:path';
import { z } from 'zod';
import { homeFile } from '../home-file.ts';
import { type DesktopAnswer, type DesktopChange, type DesktopView, isAccelerator } from '../protocol/desktop.ts';
import type { Problem } from '../protocol/errors.ts';
import type { Background } from './background.ts';
import type { LoginItem } from './login-item.ts';
import type { Spelling } from './spelling.ts';
import type { Summon } from './summon.ts';
import type { NativeWords } from './words/native-words.ts';
import type { Zoom } from './zoom.ts';

const DesktopFile = z.object({
  summon: z.string().refine(isAccelerator).nullable().catch(null),
  zoom: z.number().catch(1),
  /** Null: what is usual where the app runs. */
  spelling: z.boolean().nullable().catch(null),
  hidden: z.boolean().catch(false),
  /** Null: nobody has chosen yet. */
  background: z.boolean().nullable().catch(null),
});
/** What is kept in the home; everything else is asked of the system. */
export type KeptDesktop = z.infer<typeof DesktopFile>;

/** What was set for the app on this machine. */
export function keptDesktop(home: string): { get(): KeptDesktop; set(change: Partial<KeptDesktop>): void } {
  const file = homeFile(join(home, 'desktop.json'), DesktopFile);
  let kept: KeptDesktop = file.read() ?? { summon: null, zoom: 1, spelling: null, hidden: false, background: null };
  return {
    get: () => kept,
    set(change) {
      kept = { ...kept, ...change };
      file.write(kept);
    },
  };
}

interface Parts {
  kept: { set(change: Partial<KeptDesktop>): void };
  summon: Summon;
  login: LoginItem;
  background: Background;
  zoom: Zoom;
  spelling: Spelling;
  words(): NativeWords;
}

/** Answers the pane of the settings: changes one thing, and says how everything stands then. */
export function createDesktopSettings(parts: Parts): (change: DesktopChange | null) => DesktopAnswer {
  const { kept, summon, login, background, zoom, spelling, words } = parts;
  const view = (): DesktopView => ({
    summon: summon.view(),
    login: login.view(),
    background: background.view(),
    zoom: zoom.now(),
    spelling: spelling.view(),
  });
  function apply(change: DesktopChange): Problem | null {
    switch (change.type) {
      case 'summon':
        if (!summon.set(change.accelerator)) {
          const { taken } = words().desktop;
          return { code: 'conflict', ...taken, message: taken.message(change.accelerator ?? '') };
        }
        kept.set({ summon: change.accelerator });
        return null;
      case 'login':
        return setLogin(change.on, change.hidden);
      case 'background':
        kept.set({ background: change.on });
        return null;
      case 'zoom':
        zoom.set(change.to);
        return null;
      case 'spelling':
        spelling.set(change.on);
        kept.set({ spelling: change.on });
        return null;
    }
  }
  /** Some systems refuse without a word: what they say afterwards counts. */
  function setLogin(on: boolean, hidden: boolean): Problem | null {
    let detail: string | undefined;
    try {
      login.set(on, hidden);
      if (login.view().on === on) return null;
    } catch (error) {
      detail = error instanceof Error ? error.message : String(error);
    }
    return { code: 'conflict', ...words().desktop.loginRefused, ...(detail !== undefined && { detail }) };
  }
  return (change) => {
    const problem = change === null ? null : apply(change);
    return { view: view(), ...(problem !== null && { problem }) };
  };
}
