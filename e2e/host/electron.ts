/**
 * Stands in for the module `electron`, with what the app uses of it, on a real headless Chromium. Test code: it lets the built main, preload
 * and renderer bundles run where Electron's runtime cannot be had. What it does not have is absent from its types (so the app does not
 * type-check against it, see coverage.test.ts) and throws when it is called all the same.
 */
import { loud } from './loud.ts';
import type { PageElectron } from './page-side.ts';

export { app } from './app.ts';
export { BrowserWindow, type BrowserWindowConstructorOptions } from './browser-window.ts';
export { globalShortcut } from './global-shortcut.ts';
export { type IpcMain, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type WebFrameMain } from './ipc-main.ts';
export { Menu, type MenuItemConstructorOptions } from './menu.ts';
export { Notification } from './notification.ts';
export type { IpcRendererEvent } from './page-side.ts';
export { protocol } from './protocol.ts';
export { safeStorage } from './safe-storage.ts';
export {
  clipboard,
  dialog,
  nativeTheme,
  type OpenDialogOptions,
  powerMonitor,
  powerSaveBlocker,
  type Session,
  screen,
  session,
  shell,
} from './system.ts';
export { type NativeImage, nativeImage, Tray } from './tray.ts';
export type { ContextMenuParams, WebContents } from './web-contents.ts';

// The preload script's half lives in the page (page-side.ts); here are its types, and errors for main.
export const contextBridge = loud('contextBridge in the main process', {}) as PageElectron['contextBridge'];
export const webUtils = loud('webUtils in the main process', {}) as PageElectron['webUtils'];
export const ipcRenderer = loud('ipcRenderer in the main process', {}) as PageElectron['ipcRenderer'];
