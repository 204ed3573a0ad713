/** The scheme the window is loaded from: its own origin, so that no page of the web and no `file:` ever shares one with it. */
export const appScheme = 'app';
const appHost = 'quarterdeck';
export const appUrl = `${appScheme}://${appHost}/`;

/** What Chromium grants the scheme: an origin, a secure context, fetch of its own files. Nothing that goes around the content policy. */
export const appSchemePrivileges = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: false, stream: false },
};

/** Whether a page with this address is ours. Parsed, never compared as text: `app://quarterdeck.evil/` is not ours. */
export function isOwnPage(url: string): boolean {
  const parsed = URL.parse(url);
  return (
    parsed !== null &&
    parsed.protocol === `${appScheme}:` &&
    parsed.host === appHost &&
    parsed.username === '' &&
    parsed.password === ''
  );
}

/** Whether going to this address only loads the window's page anew. */
export function isReload(url: string): boolean {
  return isOwnPage(url) && ['', '/', '/index.html'].includes(new URL(url).pathname);
}
