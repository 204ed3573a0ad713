/** Cookies do not know ports: the name does, so that two gateways on one machine do not sign each other out. */
export const cookieName = (port: number): string => `qd_${port}`;

/** Cookies are sent to every port of a host. Below this path only what speaks our API gets it, not each server of a web project. */
const path = '/api/v1';

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

/** A cookie of the browser's session: it has no age of its own, because the login it stands for ends with the app. */
export const setCookie = (name: string, value: string): string =>
  `${name}=${value}; Path=${path}; HttpOnly; SameSite=Strict`;

export const removeCookie = (name: string): string => `${setCookie(name, '')}; Max-Age=0`;
