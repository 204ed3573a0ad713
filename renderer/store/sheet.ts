import { createStore } from 'zustand/vanilla';

/** On a phone the session list is a sheet; this says whether it is out. */
export const sheetStore = createStore<{ open: boolean }>(() => ({ open: false }));

export function setSheet(open: boolean): void {
  sheetStore.setState({ open });
}
