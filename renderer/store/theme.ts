import { createStore } from 'zustand/vanilla';
import { recall, remember } from './storage.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const themeStore = createStore<{ theme: Theme }>(() => ({
  theme: themes.find((theme) => theme === recall('theme')) ?? 'system',
}));

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
