import type { Session, WebContents } from 'electron';
import { isOwnPage, isReload } from './app-scheme.ts';

/** Opens an address outside when it may go there; false when it was refused. */
export type OpenExternal = (url: unknown) => Promise<boolean>;

/**
 * Keeps a page where it is: it may reload itself and nothing else. A link that leads away (a click, a dropped file, `window.open`) never
 * loads inside the app; web and mail addresses open in the person's own browser.
 */
export function guardContents(contents: WebContents, openExternal: OpenExternal): void {
  contents.on('will-navigate', (event) => {
    if (isReload(event.url)) return;
    event.preventDefault();
    if (!isOwnPage(event.url)) void openExternal(event.url);
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    void openExternal(url);
    return { action: 'deny' };
  });
}

/** The one thing a page may ask the system for: putting text on the clipboard, which is what a Copy button does. */
const granted = 'clipboard-sanitized-write';

/** Refuses every permission (camera, microphone, notifications, devices, reading the clipboard ...) without asking the person. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(permission === granted && isOwnPage(contents.getURL()));
  });
  session.setPermissionCheckHandler((contents, permission) => {
    return permission === granted && contents !== null && isOwnPage(contents.getURL());
  });
  session.setDevicePermissionHandler(() => false);
}
