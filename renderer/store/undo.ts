import { createStore } from 'zustand/vanilla';

/** Something that was done with one movement and can be taken back with one press. */
export interface Undoable {
  /** What was done, as a sentence. */
  readonly text: string;
  readonly undo: () => void;
}

/** The last of them; a new one takes its place. Null: nothing can be taken back here. */
export const undoStore = createStore<{ readonly last: Undoable | null }>(() => ({ last: null }));

export function offerUndo(last: Undoable): void {
  undoStore.setState({ last });
}

export function takeOffer(): void {
  undoStore.setState({ last: null });
}
