import { describe, expect, it } from 'vitest';
import { createSummon, createToggle } from './summon.ts';

function system(taken: readonly string[] = []) {
  const ours = new Map<string, () => void>();
  return {
    ours,
    register(accelerator: string, pressed: () => void) {
      if (taken.includes(accelerator)) return false;
      ours.set(accelerator, pressed);
      return true;
    },
    unregister: (accelerator: string) => void ours.delete(accelerator),
    isRegistered: (accelerator: string) => ours.has(accelerator),
  };
}

describe('the keys that summon the app', () => {
  it('are the ones that were set, and free once they are others or none', () => {
    const keys = system();
    let pressed = 0;
    const summon = createSummon(keys, null, () => pressed++);
    expect(summon.view()).toEqual({ accelerator: null, works: false });
    expect(summon.set('Control+Alt+K')).toBe(true);
    expect(summon.set('Control+Alt+J')).toBe(true);
    expect([...keys.ours.keys()]).toEqual(['Control+Alt+J']);
    keys.ours.get('Control+Alt+J')?.();
    expect(pressed).toBe(1);
    expect(summon.set(null)).toBe(true);
    expect(keys.ours.size).toBe(0);
  });

  it('stay what they were when somebody else has the new ones', () => {
    const keys = system(['Control+Alt+K']);
    const summon = createSummon(keys, 'Control+Alt+J', () => {});
    expect(summon.set('Control+Alt+K')).toBe(false);
    expect(summon.view()).toEqual({ accelerator: 'Control+Alt+J', works: true });
  });

  it('are said not to work when somebody else had them first at this start, and can be set again', () => {
    const taken = ['Control+Alt+K'];
    const keys = system(taken);
    const summon = createSummon(keys, 'Control+Alt+K', () => {});
    expect(summon.view()).toEqual({ accelerator: 'Control+Alt+K', works: false });
    taken.pop();
    expect(summon.set('Control+Alt+K')).toBe(true);
    expect(summon.view().works).toBe(true);
  });

  it('are refused, and not a reason to fall, where the system does not know them', () => {
    const keys = {
      ...system(),
      register: () => {
        throw new Error('conversion failure');
      },
    };
    expect(createSummon(keys, null, () => {}).set('Super+Alt+K')).toBe(false);
  });
});

describe('pressing them', () => {
  function window(focused: boolean, minimized = false) {
    const state = { focused, minimized };
    return {
      state,
      isFocused: () => state.focused,
      isMinimized: () => state.minimized,
      isDestroyed: () => false,
      minimize: () => void Object.assign(state, { minimized: true, focused: false }),
      restore: () => void Object.assign(state, { minimized: false }),
    };
  }

  it('shows the app, and puts it away again, but for what was away before', () => {
    const [one, two, small] = [window(true), window(false), window(false, true)];
    let shown = 0;
    const press = createToggle({ all: () => [small, two, one], show: () => shown++ }, null);
    press();
    expect([one, two, small].map(({ state }) => state.minimized)).toEqual([true, true, true]);
    press();
    expect([one, two, small].map(({ state }) => state.minimized)).toEqual([false, false, true]);
    expect(shown).toBe(1);
  });

  it('hides the whole app where that is usual', () => {
    let hidden = 0;
    const one = window(true);
    createToggle({ all: () => [one], show: () => {} }, () => hidden++)();
    expect([hidden, one.state.minimized]).toEqual([1, false]);
  });
});
