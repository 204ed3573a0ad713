import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SessionId } from '../../main/protocol/ids.ts';
import { beginAttach, reduceFrames, type TranscriptFrame } from './transcript/reduce-frames.ts';
import { emptyView, type TranscriptView } from './transcript/view.ts';

/** One session as it is followed: frames are collected and reduced together, once a frame. */
export interface TranscriptStore {
  readonly store: StoreApi<TranscriptView>;
  receive(frame: TranscriptFrame): void;
  /** The number to attach from; what waits is put in first. */
  prepareAttach(): number;
}

export interface TranscriptStoreOptions {
  readonly sessionId: SessionId;
  /** Asks for `flush` at the next frame. */
  readonly schedule: (flush: () => void) => () => void;
  /** Something is missing: attach anew. */
  readonly onGap: () => void;
}

export function createTranscriptStore({ sessionId, schedule, onGap }: TranscriptStoreOptions): TranscriptStore {
  const store = createStore<TranscriptView>(() => emptyView(sessionId));
  let waiting: TranscriptFrame[] = [];
  const flush = (): boolean => {
    if (waiting.length === 0) return false;
    const frames = waiting;
    waiting = [];
    const { view, gap } = reduceFrames(store.getState(), frames);
    store.setState(view, true);
    return gap;
  };
  const request = schedule(() => {
    if (flush()) onGap();
  });
  return {
    store,
    receive(frame) {
      waiting.push(frame);
      request();
    },
    prepareAttach() {
      flush();
      store.setState(beginAttach(store.getState()), true);
      return store.getState().seq;
    },
  };
}
