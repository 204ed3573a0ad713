import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate } from './menu.ts';
import { en } from './words/en.ts';
import { nativeWords } from './words/native-words.ts';

const nothing = () => {};
const actions = {
  showDataFolder: nothing,
  openInBrowser: nothing,
  openFolder: nothing,
  newWindow: nothing,
  zoom: { now: () => 1, set: nothing, step: nothing },
  tell: nothing,
};
function items(template: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);
}

describe('menuTemplate', () => {
  it('has no command without an effect: each does one thing, or is one of the system', () => {
    const done: string[] = [];
    const does = (name: string) => () => void done.push(name);
    const told = {
      ...{ showDataFolder: does('folder'), openInBrowser: does('browser'), openFolder: does('open') },
      ...{ newWindow: does('window'), tell: does('tell') },
      zoom: { now: () => 1.25, set: does('zoom'), step: does('zoom') },
    };
    for (const platform of ['darwin', 'linux', 'win32'] as const) {
      for (const item of items(menuTemplate(platform, told, en))) {
        done.length = 0;
        (item.click as (() => void) | undefined)?.();
        if (!item.role && !item.submenu && item.type !== 'separator') expect(done, item.label).toHaveLength(1);
      }
    }
  });

  it('offers the browser only while the gateway is on', () => {
    const labels = (openInBrowser: (() => void) | null) =>
      items(menuTemplate('linux', { ...actions, openInBrowser }, en)).map((item) => item.label);
    expect(labels(nothing)).toContain('Open in Browser');
    expect(labels(null)).not.toContain('Open in Browser');
  });

  it('quits from the File menu except on macOS, where the application menu does', () => {
    const quitsFrom = (platform: NodeJS.Platform) =>
      menuTemplate(platform, actions, en)
        .filter((menu) => items([menu]).some((item) => item.role === 'quit'))
        .map((menu) => menu.role);
    expect(quitsFrom('linux')).toEqual(['fileMenu']);
    expect(quitsFrom('darwin')).toEqual(['appMenu']);
  });
});

describe('every item of the menu', () => {
  it.each(['darwin', 'linux', 'win32'] as const)('has a label in the language of the reader on %s', (platform) => {
    for (const words of Object.values(nativeWords)) {
      const own = new Set<unknown>(Object.values(words.menu));
      const said = items(menuTemplate(platform, actions, words)).filter((item) => item.type !== 'separator');
      // The menu of the app has the app's name, which macOS itself puts there.
      expect(said.filter((item) => item.role !== 'appMenu' && !own.has(item.label))).toEqual([]);
    }
  });
});

describe('the size in the menu', () => {
  const zoomOf = (now: number) => {
    const done: unknown[] = [];
    const zoom = { now: () => now, set: (to: number) => done.push(to), step: (way: number) => done.push(way) };
    const all = items(menuTemplate('linux', { ...actions, zoom }, en));
    const choose = (label: string) => (all.find((item) => item.label === label)?.click as (() => void) | undefined)?.();
    return { all, choose, done };
  };

  it('says what it is, and can be set back only where it is another', () => {
    const { all, choose, done } = zoomOf(1.25);
    choose('Actual Size (now 125 %)');
    choose('Zoom In');
    choose('Zoom Out');
    expect(done).toEqual([1, 1, -1]);
    expect(all.flatMap((item) => (/Zoom|Size/.test(item.label ?? '') ? [item.accelerator] : []))).toEqual([
      'CommandOrControl+0',
      'CommandOrControl+Plus',
      'CommandOrControl+=',
      'CommandOrControl+-',
    ]);
    expect(zoomOf(1).all.find((item) => item.label === 'Actual Size')?.enabled).toBe(false);
  });

  it('ends at the largest and the smallest', () => {
    const enabled = (now: number, label: string) => zoomOf(now).all.find((item) => item.label === label)?.enabled;
    expect([enabled(3, 'Zoom In'), enabled(3, 'Zoom Out')]).toEqual([false, true]);
    expect([enabled(0.5, 'Zoom In'), enabled(0.5, 'Zoom Out')]).toEqual([true, false]);
  });
});
