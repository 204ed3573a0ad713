import type { MenuItemConstructorOptions } from 'electron';
import { expect, it } from 'vitest';
import { menuTemplate } from '../main/desktop/menu.ts';
import { en } from '../main/desktop/words/en.ts';
import type { PageCommand } from '../main/protocol/ipc.ts';
import { shortcutIds, shortcuts } from '../renderer/store/shortcuts.ts';

function items(template: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);
}

it('the menu has each command of the keys once, and shows the key that the page takes for it', () => {
  const told: (PageCommand | { type: 'shortcut'; id: 'newWindow' })[] = [];
  const nothing = () => {};
  const newWindow = () => void told.push({ type: 'shortcut', id: 'newWindow' });
  const zoom = { now: () => 1, set: nothing, step: nothing };
  const actions = { showDataFolder: nothing, openInBrowser: nothing, openFolder: nothing, newWindow, zoom };
  const all = items(menuTemplate('linux', { ...actions, tell: (command) => told.push(command) }, en));
  const keyed = all.filter((item) => item.registerAccelerator === false);
  for (const item of keyed) (item.click as () => void)();
  const ids = told.flatMap((command) => (command.type === 'shortcut' ? [command.id] : []));
  // Esc is the conversation's own.
  expect(ids.toSorted()).toEqual(shortcutIds.filter((id) => id !== 'stop').toSorted());
  const accelerators = ids.map((id) => {
    const { mod, alt, shift, key } = shortcuts[id];
    const last = key.replace(/^Arrow/, '');
    const modifiers = [mod && 'CommandOrControl', alt && 'Alt', shift && 'Shift'].filter(Boolean);
    return [...modifiers, last.length === 1 ? last.toUpperCase() : last].join('+');
  });
  expect(keyed.map((item) => item.accelerator)).toEqual(accelerators);
});
