import { createStore } from 'zustand/vanilla';
import type { Bridge } from '../bridge.ts';
import { isStrings, recallJson, remember } from './storage.ts';

/** An address outside that was clicked, before it is opened. */
export interface Leaving {
  readonly url: string;
  /** What the link said. */
  readonly text: string;
}

export const leavingStore = createStore<{ readonly leaving: Leaving | null }>(() => ({ leaving: null }));

const storageKey = 'trusted-hosts';
/** More than anybody chooses by hand. */
const mostHosts = 200;

/** Hosts a person said not to ask about any more, on this device. */
export const trustedHosts = (): readonly string[] => recallJson(storageKey, isStrings) ?? [];

export function trustHost(host: string): void {
  remember(storageKey, JSON.stringify([...new Set([...trustedHosts(), host])].slice(-mostHosts)));
}

/**
 * Where an address leads, as it is said on the wire: a host of other letters in Punycode (RFC 3492), so that one that looks like another is told
 * from it. Null: it is no address.
 * @returns `host`: empty for mail. `secure`: nobody on the way can read or change what comes.
 */
export function whereTo(url: string): { host: string; shown: string; secure: boolean; mail: boolean } | null {
  try {
    const { protocol, host, pathname, href, username, password } = new URL(url);
    if (protocol === 'mailto:') return { host: '', shown: decodeURI(pathname), secure: true, mail: true };
    // A name in front of the host is how addresses pretend to lead elsewhere.
    if (username !== '' || password !== '') return { host, shown: href, secure: false, mail: false };
    return { host, shown: href, secure: protocol === 'https:', mail: false };
  } catch {
    return null;
  }
}

/** The host that the words of a link name, when they look like an address themselves; null: they name none. */
export function hostSaid(text: string): string | null {
  const match = /^\s*(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?:[:/?#]\S*)?\s*$/iu.exec(text);
  if (!match?.[1]) return null;
  return whereTo(`https://${match[1]}`)?.host.replace(/^www\./, '') ?? null;
}

/** Opens an address outside, after asking where it was not said before that its host needs no question. */
export function leave(bridge: Pick<Bridge, 'openExternal'>, leaving: Leaving): void {
  const where = whereTo(leaving.url);
  if (where && !where.mail && where.secure && trustedHosts().includes(where.host)) bridge.openExternal(leaving.url);
  else leavingStore.setState({ leaving });
}
