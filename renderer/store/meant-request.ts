import { createStore } from 'zustand/vanilla';
import type { ApprovalId } from '../../main/protocol/ids.ts';

/** The request that a notification led to; null: none, or it was shown. */
export const meantRequest = createStore<{ readonly id: ApprovalId | null }>(() => ({ id: null }));

export const meanRequest = (id: ApprovalId | null): void => meantRequest.setState({ id });
