import { linkScheme } from './links.ts';

/** What of `electron.app` registering needs. */
interface LinkApp {
  readonly isPackaged: boolean;
  isDefaultProtocolClient(scheme: string, path: string, args: string[]): boolean;
  setAsDefaultProtocolClient(scheme: string, path: string, args: string[]): boolean;
  getApplicationNameForProtocol(url: string): string;
}

/**
 * Has the system open `quarterdeck://` with this app. Only on Windows: a Mac reads it from the bundle, Linux from the installed desktop file. A copy
 * that is not installed takes the links only while nobody has them, so that it never takes them from one that is.
 * @param command - program and arguments; the system adds the link.
 */
export function registerLinks(app: LinkApp, platform: NodeJS.Platform, [path = '', ...args]: readonly string[]): void {
  if (platform !== 'win32' || app.isDefaultProtocolClient(linkScheme, path, args)) return;
  if (app.isPackaged || app.getApplicationNameForProtocol(`${linkScheme}://`) === '') {
    app.setAsDefaultProtocolClient(linkScheme, path, args);
  }
}
