import { createStore } from 'zustand/vanilla';
import { recall, remember } from './storage.ts';

export const panelTabs = ['changes', 'plan', 'goal', 'usage', 'connected'] as const;
export type PanelTab = (typeof panelTabs)[number];

export interface SidePanelView {
  /** It stands beside the conversation in a wide window; remembered. */
  readonly shown: boolean;
  /** It is out as a sheet, where there is no room beside the conversation; gone with the page. */
  readonly sheet: boolean;
  /** It covers the conversation, with the tree beside the diffs. */
  readonly wide: boolean;
  readonly tab: PanelTab;
  /** It was opened with a key, which goes on in it. */
  readonly takesFocus: boolean;
}

const tabFrom = (kept: string | null): PanelTab => panelTabs.find((one) => one === kept) ?? 'changes';

/** What stands at the right of a session. */
export const sidePanel = createStore<SidePanelView>(() => ({
  shown: recall('panel') === 'shown',
  sheet: false,
  wide: false,
  tab: tabFrom(recall('panel.tab')),
  takesFocus: false,
}));

/** Below this there is no room for it beside the conversation, CSS pixels. */
export const besideFrom = 1_000;
export const sheetQuery = `(max-width: ${besideFrom - 1}px)`;

const isSheet = (): boolean => window.matchMedia(sheetQuery).matches;

export function showPanel(shown: boolean, asSheet = isSheet()): void {
  if (asSheet) {
    sidePanel.setState({ sheet: shown });
    return;
  }
  remember('panel', shown ? 'shown' : null);
  sidePanel.setState({ shown, wide: false });
}

export function togglePanel(asSheet = isSheet()): void {
  const { shown, sheet } = sidePanel.getState();
  const opens = asSheet ? !sheet : !shown;
  showPanel(opens, asSheet);
  sidePanel.setState({ takesFocus: opens });
}

export function setPanelTab(tab: PanelTab): void {
  remember('panel.tab', tab);
  sidePanel.setState({ tab });
}

export function setPanelWide(wide: boolean): void {
  sidePanel.setState({ wide });
}

/** It is a dialog over everything now. */
export const sheetIsOpen = (): boolean => sidePanel.getState().sheet && isSheet();

/** Leads from the panel back to the message that is being written. */
export function goToMessage(): void {
  if (sheetIsOpen()) showPanel(false, true);
  setPanelWide(false);
  // What lay over the field is gone with the next frame.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.composer-input')?.focus());
}
