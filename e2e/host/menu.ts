import { appHost } from './app.ts';
import type { BrowserWindow } from './browser-window.ts';
import { record } from './control.ts';
import { loud } from './loud.ts';

export interface MenuItemConstructorOptions {
  role?:
    | 'appMenu'
    | 'fileMenu'
    | 'editMenu'
    | 'viewMenu'
    | 'windowMenu'
    | 'help'
    | 'about'
    | 'services'
    | 'hide'
    | 'hideOthers'
    | 'unhide'
    | 'minimize'
    | 'zoom'
    | 'front'
    | 'pasteAndMatchStyle'
    | 'delete'
    | 'close'
    | 'quit'
    | 'reload'
    | 'toggleDevTools'
    | 'resetZoom'
    | 'zoomIn'
    | 'zoomOut'
    | 'togglefullscreen'
    | 'undo'
    | 'redo'
    | 'cut'
    | 'copy'
    | 'paste'
    | 'selectAll';
  type?: 'separator';
  label?: string;
  enabled?: boolean;
  accelerator?: string;
  registerAccelerator?: boolean;
  visible?: boolean;
  acceleratorWorksWhenHidden?: boolean;
  click?: () => void;
  submenu?: MenuItemConstructorOptions[];
}

class HostMenu {
  readonly #template: MenuItemConstructorOptions[];
  constructor(template: MenuItemConstructorOptions[] = []) {
    this.#template = template;
  }
  popup(_options: { window: BrowserWindow }): void {
    lastPopup = this;
    record({ api: 'menu.popup', args: [this.#template.map(nameOf)] });
  }

  // What follows is for the host itself.

  shape(): { item: string; submenu: string[] }[] {
    return this.#template.map((item) => ({ item: nameOf(item), submenu: (item.submenu ?? []).map(nameOf) }));
  }
  choose(path: string[]): void {
    let items = this.#template;
    let item: MenuItemConstructorOptions | undefined;
    for (const name of path) {
      item = items.find((candidate) => candidate.label === name || candidate.role === name);
      items = item?.submenu ?? [];
    }
    if (item?.role === 'quit') {
      appHost.quit();
      return;
    }
    if (item?.enabled === false) throw new Error(`The command at ${path.join(' > ')} is not to be had now.`);
    if (item?.click === undefined)
      throw new Error(`The menu has no command at ${path.join(' > ')} that the host can run.`);
    item.click();
  }
}
export type Menu = HostMenu;

const nameOf = (item: MenuItemConstructorOptions): string => item.label ?? item.role ?? item.type ?? '';

let applicationMenu: HostMenu | null = null;
let lastPopup: HostMenu | null = null;

export const Menu = loud('Menu', {
  buildFromTemplate: (template: MenuItemConstructorOptions[]): HostMenu => loud('Menu', new HostMenu(template)),
  setApplicationMenu(menu: HostMenu | null): void {
    applicationMenu = menu;
  },
});

/** For the host itself. */
export const currentPopup = (): HostMenu | null => lastPopup;
export const currentMenu = (): HostMenu | null => applicationMenu;
