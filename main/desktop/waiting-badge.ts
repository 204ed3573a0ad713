import { join } from 'node:path';
import { app, BrowserWindow, nativeImage } from 'electron';
import type { SpokenLanguage } from './spoken-language.ts';

/**
 * How many sessions wait, on the icon of the app: macOS and some desktops of Linux have a number there. Windows has a small picture on the button of
 * each window, which says no number to the eye and says it to those who listen.
 * @returns hears the count whenever it changes.
 */
export function createWaitingBadge(platform: NodeJS.Platform, spoken: SpokenLanguage): (count: number) => void {
  if (platform !== 'win32') return (count) => void app.setBadgeCount(count);
  const dot = nativeImage.createFromPath(join(app.getAppPath(), 'resources', 'tray-overlay.png'));
  let waiting = 0;
  const draw = () => {
    const said = waiting === 0 ? '' : spoken.words().tray.waiting(waiting);
    for (const window of BrowserWindow.getAllWindows()) window.setOverlayIcon(waiting === 0 ? null : dot, said);
  };
  app.on('browser-window-created', draw);
  spoken.onChange(draw);
  return (count) => {
    waiting = count;
    draw();
  };
}
