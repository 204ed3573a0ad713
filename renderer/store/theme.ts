import { createStore } from 'zustand/vanilla';
import { onRememberedElsewhere, recall, remember } from './storage.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const kept = (): Theme => themes.find((theme) => theme === recall('theme')) ?? 'system';

export const themeStore = createStore<{ theme: Theme }>(() => ({ theme: kept() }));

export function setTheme(theme: Theme): void {
  remember('theme', theme === 'system' ? null : theme);
  themeStore.setState({ theme });
  applyTheme();
}

/** Puts the theme on the page; without an override the stylesheet follows the system. */
export function applyTheme(): void {
  const { theme } = themeStore.getState();
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Another window or tab has chosen one. */
export function followTheme(): void {
  onRememberedElsewhere('theme', () => {
    themeStore.setState({ theme: kept() });
    applyTheme();
  });
}
