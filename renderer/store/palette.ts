import { createStore } from 'zustand/vanilla';

/** Whether the command palette is open. */
export const paletteStore = createStore<{ open: boolean }>(() => ({ open: false }));

export function setPalette(open: boolean): void {
  paletteStore.setState({ open });
}
