import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  showDataFolder(): void;
  /** Opens the same interface in the browser; null when the gateway is off. */
  openInBrowser: (() => void) | null;
}

/**
 * The application menu. Standard roles bring their own labels, shortcuts and places in each system; a command stands here only when it
 * does something.
 */
export function menuTemplate(platform: NodeJS.Platform, actions: MenuActions): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const ours: MenuItemConstructorOptions[] = [
    ...(actions.openInBrowser === null ? [] : [{ label: 'Open in Browser', click: actions.openInBrowser }]),
    { label: 'Show Data Folder', click: actions.showDataFolder },
  ];
  return [
    ...(mac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    { role: 'fileMenu', submenu: [...ours, { type: 'separator' }, mac ? { role: 'close' } : { role: 'quit' }] },
    { role: 'editMenu' },
    {
      role: 'viewMenu',
      submenu: [
        { role: 'reload' },
        { role: 'toggleDevTools' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ];
}

/** What a right click offers: what the place under the pointer can do. */
export function contextMenuTemplate(at: { isEditable: boolean; selectionText: string }): MenuItemConstructorOptions[] {
  if (at.isEditable) {
    return [
      { role: 'undo' },
      { role: 'redo' },
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ];
  }
  return at.selectionText.trim() === '' ? [] : [{ role: 'copy' }];
}
