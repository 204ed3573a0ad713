import { createStore } from 'zustand/vanilla';
import { onRememberedElsewhere, recall, remember } from './storage.ts';

/** `split`: what was at the left of what is, where there is room for both. */
export type DiffLayout = 'unified' | 'split';

const kept = (): DiffLayout => (recall('diff') === 'split' ? 'split' : 'unified');

/** How a person wants to see differences, everywhere. */
export const diffLayout = createStore<{ layout: DiffLayout }>(() => ({ layout: kept() }));

export function setDiffLayout(layout: DiffLayout): void {
  remember('diff', layout === 'split' ? layout : null);
  diffLayout.setState({ layout });
}

onRememberedElsewhere('diff', () => diffLayout.setState({ layout: kept() }));
