import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { contextMenuTemplate, menuTemplate } from './menu.ts';

const nothing = () => {};
const actions = { showDataFolder: nothing, openInBrowser: nothing, openFolder: nothing, tell: nothing };
function items(template: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);
}

describe('menuTemplate', () => {
  it('has no command without an effect', () => {
    for (const platform of ['darwin', 'linux', 'win32'] as const) {
      for (const item of items(menuTemplate(platform, actions))) {
        expect(item.role ?? item.click ?? item.submenu ?? item.type, JSON.stringify(item)).toBeDefined();
      }
    }
  });

  it('offers the browser only while the gateway is on', () => {
    const labels = (openInBrowser: (() => void) | null) =>
      items(menuTemplate('linux', { ...actions, openInBrowser })).map((item) => item.label);
    expect(labels(nothing)).toContain('Open in Browser');
    expect(labels(null)).not.toContain('Open in Browser');
  });

  it('quits from the File menu except on macOS, where the application menu does', () => {
    const roles = (platform: NodeJS.Platform) => items(menuTemplate(platform, actions)).map((item) => item.role);
    expect(roles('linux')).toContain('quit');
    expect(roles('darwin')).not.toContain('quit');
    expect(roles('darwin')).toContain('appMenu');
  });
});

describe('contextMenuTemplate', () => {
  it('offers editing in a field, copying on a selection, and nothing elsewhere', () => {
    const roles = (at: { isEditable: boolean; selectionText: string }) =>
      contextMenuTemplate(at).map((item) => item.role);
    expect(roles({ isEditable: true, selectionText: '' })).toContain('paste');
    expect(roles({ isEditable: false, selectionText: 'words' })).toEqual(['copy']);
    expect(roles({ isEditable: false, selectionText: '  ' })).toEqual([]);
  });
});
