import { app, type BrowserWindow, dialog } from 'electron';
import { afterPageDeath } from './crash-policy.ts';
import type { NativeWords } from './words/native-words.ts';

/** Loads a page that died again, and says so; one that keeps dying is left to the person. */
export function reviveDeadPage(window: BrowserWindow, words: () => NativeWords): void {
  let deaths: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const verdict = afterPageDeath(deaths, Date.now());
    deaths = verdict.deaths;
    console.error(`The page of the window ended unexpectedly (${reason}).`);
    if (verdict.action === 'reload') {
      window.webContents.reload();
      void dialog.showMessageBox(window, {
        type: 'warning',
        message: words().pageDied.reloaded,
        detail: words().pageDied.reloadedMeans,
        buttons: [words().ok],
      });
      return;
    }
    void askAboutDyingPage(window, words().pageDied);
  });
}

async function askAboutDyingPage(window: BrowserWindow, words: NativeWords['pageDied']): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: words.keepsDying,
    detail: words.keepsDyingMeans,
    buttons: [words.loadAgain, words.quit],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) app.quit();
  else if (!window.isDestroyed()) window.webContents.reload();
}
