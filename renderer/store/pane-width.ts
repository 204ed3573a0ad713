import { createStore } from 'zustand/vanilla';
import { recall, remember } from './storage.ts';

export const panes = ['sidebar', 'panel'] as const;
export type Pane = (typeof panes)[number];

/** How wide a pane beside the conversation may be, CSS pixels; `usual`: until somebody drags it. */
export const paneWidths: Readonly<Record<Pane, { least: number; most: number; usual: number }>> = {
  sidebar: { least: 200, most: 480, usual: 276 },
  panel: { least: 300, most: 900, usual: 400 },
};

/** The width within what the pane may have, whole pixels. */
export function clampWidth(pane: Pane, width: number): number {
  const { least, most } = paneWidths[pane];
  return Math.round(Math.min(most, Math.max(least, width)));
}

/** A width as it was remembered; what is no number is as if nothing was. */
export function widthFrom(pane: Pane, kept: string | null): number {
  const width = Number(kept ?? '');
  return kept !== null && kept !== '' && Number.isFinite(width) ? clampWidth(pane, width) : paneWidths[pane].usual;
}

/** How wide the panes are. The page reads it as `--sidebar-width` and `--panel-width`, so that nothing is rendered while one is dragged. */
export const paneWidth = createStore<Readonly<Record<Pane, number>>>(() => ({
  sidebar: widthFrom('sidebar', recall('width.sidebar')),
  panel: widthFrom('panel', recall('width.panel')),
}));

export function setPaneWidth(pane: Pane, width: number): void {
  const next = clampWidth(pane, width);
  remember(`width.${pane}`, next === paneWidths[pane].usual ? null : String(next));
  paneWidth.setState({ [pane]: next });
}

/** Keeps the widths in the style of the page. */
export function applyPaneWidths(style: CSSStyleDeclaration = document.documentElement.style): void {
  const apply = (widths: Readonly<Record<Pane, number>>): void => {
    for (const pane of panes) style.setProperty(`--${pane}-width`, `${widths[pane]}px`);
  };
  apply(paneWidth.getState());
  paneWidth.subscribe(apply);
}
