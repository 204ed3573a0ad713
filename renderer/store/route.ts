import { createStore } from 'zustand/vanilla';
import type { SessionId } from '../../main/protocol/ids.ts';
import { isInLayer, layers } from './layers.ts';

/** The panes of the settings, in the groups that a person sees. */
export const settingsGroups = [
  { name: 'agents', tabs: ['providers', 'sessions', 'permissions'] },
  { name: 'access', tabs: ['keys', 'devices', 'gateway', 'sign-in'] },
  { name: 'interface', tabs: ['appearance', 'language', 'notifications', 'shortcuts'] },
  { name: 'app', tabs: ['desktop', 'data', 'diagnostics', 'about'] },
] as const;
/** Panes that only the app's own window has; a browser that is led there is told so. */
export const windowTabs: ReadonlySet<string> = new Set(['desktop']);
export type SettingsTab = (typeof settingsGroups)[number]['tabs'][number];
export const settingsTabs: readonly SettingsTab[] = settingsGroups.flatMap(({ tabs }) => tabs);

/** What the window shows. It stands in the address, so that going back works as people expect, on a phone above all. */
export type Route =
  | { readonly name: 'home' }
  | { readonly name: 'session'; readonly sessionId: SessionId }
  | { readonly name: 'new' }
  | { readonly name: 'history' }
  /** Everything that waits for a person. */
  | { readonly name: 'inbox' }
  /** A conversation of the vault; `n`: the entry that is meant. */
  | { readonly name: 'import'; readonly importId: string; readonly n?: number }
  | { readonly name: 'settings'; readonly tab: SettingsTab };

export function parseRoute(hash: string): Route {
  const [name, value, more] = hash.replace(/^#\/?/, '').split('/');
  if (name === 'session' && value && /^ses_[\w-]{8,64}$/.test(value)) return { name, sessionId: value as SessionId };
  if (name === 'new' || name === 'history' || name === 'inbox') return { name };
  if (name === 'import' && value && /^[\w-]{1,200}$/.test(value)) {
    const n = Number(more);
    return { name, importId: value, ...(Number.isInteger(n) && n > 0 ? { n } : {}) };
  }
  if (name === 'settings') {
    return { name, tab: settingsTabs.find((tab) => tab === value) ?? 'providers' };
  }
  return { name: 'home' };
}

export function formatRoute(route: Route): string {
  switch (route.name) {
    case 'session':
      return `#/session/${route.sessionId}`;
    case 'settings':
      return `#/settings/${route.tab}`;
    case 'new':
      return '#/new';
    case 'history':
    case 'inbox':
      return `#/${route.name}`;
    case 'import':
      return `#/import/${route.importId}${route.n ? `/${route.n}` : ''}`;
    default:
      return '#/';
  }
}

export const routeStore = createStore<Route>(() => ({ name: 'home' }));

export function go(route: Route): void {
  layers.still(() => {
    const hash = formatRoute(route);
    // What is chosen in a sheet takes the step that leads back out of it.
    if (location.hash !== hash) {
      if (isInLayer()) history.replaceState(null, '', hash);
      else history.pushState(null, '', hash);
    }
    routeStore.setState(route, true);
  });
}

export function replaceRoute(route: Route): void {
  layers.still(() => {
    history.replaceState(null, '', formatRoute(route));
    routeStore.setState(route, true);
  });
}

/** Follows the address from now on. */
export function followAddress(): void {
  const read = (): void => routeStore.setState(parseRoute(location.hash), true);
  read();
  window.addEventListener('popstate', read);
  window.addEventListener('hashchange', read);
}
