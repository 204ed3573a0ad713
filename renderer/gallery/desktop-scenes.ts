import type { DesktopAnswer, DesktopChange, DesktopView } from '../../main/protocol/desktop.ts';
import type { Scene } from './scene.ts';

export const plainDesktop: DesktopView = {
  summon: { accelerator: null, works: false },
  login: { can: true, on: false, hidden: false, unapproved: false, other: null },
  background: { can: true, on: false },
  zoom: 1,
  spelling: { on: false, languages: [], fetches: true, missing: [] },
};
const everything: DesktopView = {
  summon: { accelerator: 'Control+Alt+Space', works: false },
  login: {
    can: true,
    on: true,
    hidden: true,
    unapproved: true,
    other: '/home/ada/Downloads/Quarterdeck-0.0.9.AppImage',
  },
  background: { can: false, on: false },
  zoom: 1.25,
  spelling: { on: true, languages: ['en-GB', 'de', 'fr'], fetches: true, missing: ['fr'] },
};

/** A system in a few lines: it takes everything but the keys of another program. */
export function scriptedDesktop(first: DesktopView): (change: DesktopChange | null) => Promise<DesktopAnswer> {
  let view = first;
  return async (change) => {
    if (change?.type === 'summon' && change.accelerator === 'Control+Alt+T') {
      const problem = {
        code: 'conflict',
        message: 'The system does not give Quarterdeck the keys Control+Alt+T: another program uses them.',
        impact: 'The keys that were set before still count.',
        next: 'Choose other keys, or free these where they are used.',
      } as const;
      return { view, problem };
    }
    if (change?.type === 'summon') view = { ...view, summon: { accelerator: change.accelerator, works: true } };
    if (change?.type === 'login') view = { ...view, login: { ...view.login, on: change.on, hidden: change.hidden } };
    if (change?.type === 'background') view = { ...view, background: { can: true, on: change.on } };
    if (change?.type === 'zoom') view = { ...view, zoom: change.to };
    if (change?.type === 'spelling') {
      view = {
        ...view,
        spelling: { ...view.spelling, on: change.on, languages: change.on ? ['en-US'] : [], missing: [] },
      };
    }
    return { view };
  };
}

const pane = { sessions: [], providers: [], route: { name: 'settings', tab: 'desktop' } } as const;

export const desktopScenes: Record<string, Scene> = {
  desktop: { ...pane, desktop: plainDesktop },
  'desktop-all': { ...pane, desktop: everything },
  /** In a browser. */
  'desktop-elsewhere': pane,
};
