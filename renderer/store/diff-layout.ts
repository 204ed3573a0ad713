import { createStore } from 'zustand/vanilla';
import { recall, remember } from './storage.ts';

/** `split`: what was at the left of what is, where there is room for both. */
export type DiffLayout = 'unified' | 'split';

/** How a person wants to see differences, everywhere. */
export const diffLayout = createStore<{ layout: DiffLayout }>(() => ({
  layout: recall('diff') === 'split' ? 'split' : 'unified',
}));

export function setDiffLayout(layout: DiffLayout): void {
  remember('diff', layout === 'split' ? layout : null);
  diffLayout.setState({ layout });
}
