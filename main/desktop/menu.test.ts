import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { contextMenuTemplate, menuTemplate } from './menu.ts';
import { en } from './words/en.ts';
import { nativeWords } from './words/native-words.ts';

const nothing = () => {};
const actions = {
  showDataFolder: nothing,
  openInBrowser: nothing,
  openFolder: nothing,
  newWindow: nothing,
  tell: nothing,
};
function items(template: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);
}

describe('menuTemplate', () => {
  it('has no command without an effect', () => {
    for (const platform of ['darwin', 'linux', 'win32'] as const) {
      for (const item of items(menuTemplate(platform, actions, en))) {
        expect(item.role ?? item.click ?? item.submenu ?? item.type, JSON.stringify(item)).toBeDefined();
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
      const own = new Set<string | undefined>(Object.values(words.menu));
      const said = items(menuTemplate(platform, actions, words)).filter((item) => item.type !== 'separator');
      // The menu of the app has the app's name, which macOS itself puts there.
      expect(said.filter((item) => item.role !== 'appMenu' && !own.has(item.label))).toEqual([]);
    }
  });
});

describe('contextMenuTemplate', () => {
  it('offers editing in a field, copying on a selection, and nothing elsewhere', () => {
    const roles = (at: { isEditable: boolean; selectionText: string }) =>
      contextMenuTemplate(at, en).map((item) => item.role);
    expect(roles({ isEditable: true, selectionText: '' })).toContain('paste');
    expect(roles({ isEditable: false, selectionText: 'words' })).toEqual(['copy']);
    expect(roles({ isEditable: false, selectionText: '  ' })).toEqual([]);
  });
});
