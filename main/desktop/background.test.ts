import { describe, expect, it } from 'vitest';
import { createBackground } from './background.ts';

const background = ({
  platform = 'linux' as NodeJS.Platform,
  tray = true,
  chosen = null as boolean | null,
  hidden = false,
}) => createBackground({ platform, hasTray: () => tray, chosen: () => chosen, opensHidden: () => hidden });

describe('without a window', () => {
  it('the app ends until somebody wants it to go on, and goes on where it opens at login without one', () => {
    expect(background({}).goesOn()).toBe(false);
    expect(background({ chosen: true }).goesOn()).toBe(true);
    expect(background({ hidden: true }).goesOn()).toBe(true);
    expect(background({ hidden: true, chosen: false }).goesOn()).toBe(false);
  });

  it('it never goes on where there is no icon to come back by, and says that it cannot', () => {
    const one = background({ tray: false, chosen: true });
    expect([one.goesOn(), one.view()]).toEqual([false, { can: false, on: true }]);
  });

  it('it goes on as every app of a Mac does, and there is nothing to set', () => {
    const one = background({ platform: 'darwin', tray: false });
    expect([one.goesOn(), one.view()]).toEqual([true, null]);
  });
});
