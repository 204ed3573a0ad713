/**
 * Chromium itself cannot load an app's own scheme: only what embeds it can teach it one, as Electron does. So `app://host/path` stands on
 * `http://host.app.localhost/path`, which is a secure context with an origin of its own, never reaches the network (every request to it is
 * answered here) and is turned back into `app://` wherever the app sees an address.
 */
const schemes = new Set<string>();

export function addScheme(scheme: string): void {
  schemes.add(scheme);
}

export function toChromium(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url);
  if (match === null || !schemes.has(match[1]!)) return url;
  return `http://${match[2]}.${match[1]}.localhost${match[3] || '/'}`;
}

export function fromChromium(url: string): string {
  const match = /^http:\/\/([^/?#]+)\.([a-z][a-z0-9+-]*)\.localhost(.*)$/is.exec(url);
  if (match === null || !schemes.has(match[2]!)) return url;
  return `${match[2]}://${match[1]}${match[3]}`;
}
