/** Cookies do not know ports: the name does, so that two gateways on one machine do not sign each other out. */
export const cookieName = (port: number): string => `qd_${port}`;

/**
 * Cookies are sent to every port of a host. Below these paths only what speaks our API gets it, not each server of a web project. The second is
 * for `/auth/session` and `/auth/logout`.
 */
const paths = ['/api/v1', '/auth'];

/**
 * The value of a cookie. When several have the name, the first counts, as browsers send the most specific path first (RFC 6265, 5.4).
 * @param header - the Cookie header; undefined when there is none.
 */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim() || undefined;
  }
  return undefined;
}

/**
 * The cookie a login stands in. Over HTTPS it has the prefix `__Host-` (RFC 6265bis): then no plain-HTTP page, and no other host, can have set it.
 * The prefix asks for Path=/; that gives it to other ports too, but to HTTPS servers of this host only.
 */
export interface LoginCookie {
  read(header: string | undefined): string | undefined;
  /** Values of Set-Cookie. @param maxAgeS - null: until the browser is closed, for a login that ends with the app. */
  set(token: string, maxAgeS: number | null): string[];
  /** Takes it back. */
  remove(): string[];
}

export function loginCookie(port: number, secure: boolean): LoginCookie {
  const name = secure ? `__Host-${cookieName(port)}` : cookieName(port);
  const write = (value: string, age: string) =>
    (secure ? ['/'] : paths).map(
      (path) => `${name}=${value}; Path=${path}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}${age}`,
    );
  return {
    read: (header) => readCookie(header, name),
    set: (token, maxAgeS) => write(token, maxAgeS === null ? '' : `; Max-Age=${maxAgeS}`),
    remove: () => write('', '; Max-Age=0'),
  };
}

/**
 * The cookie that binds a visit to the identity provider to this browser. The way back comes from another site, so it is Lax; it goes to the callback
 * only, for five minutes, and opens nothing by itself.
 */
export function visitCookie(port: number, secure: boolean, seconds: number) {
  const name = `${secure ? '__Secure-' : ''}${cookieName(port)}_visit`;
  const write = (value: string, maxAgeS: number) =>
    `${name}=${value}; Path=/auth/callback; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}; Max-Age=${maxAgeS}`;
  return {
    read: (header: string | undefined) => readCookie(header, name),
    set: (bind: string) => write(bind, seconds),
    remove: () => write('', 0),
  };
}
