import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '../../main/protocol/errors.ts';
import type { SessionId } from '../../main/protocol/ids.ts';
import type { Ask } from './frame-scheduler.ts';
import { beginAttach, reduceFrames, type TranscriptFrame } from './transcript/reduce-frames.ts';
import { emptyView, type TranscriptView } from './transcript/view.ts';

/**
 * One session as it is followed: frames are collected and reduced together, at most once a frame, and rarely where nobody looks at it. The first
 * replay of a session is shown when it is complete, or when it is clear that it will not be: on the way, every part of it would be laid out only to
 * be pushed out of sight by the next.
 */
export interface TranscriptStore {
  readonly store: StoreApi<TranscriptView>;
  receive(frame: TranscriptFrame): void;
  /** Puts in what has come, where nobody has looked at it: somebody is about to. */
  catchUp(): void;
  /** Why it cannot be shown as it is; null as long as all is well, and again once a new attempt has begun. */
  readonly failure: StoreApi<LoadFailure | null>;
  /** What is known, shown or not. */
  known(): TranscriptView;
  /** The number to attach from; what waits is put in first. */
  prepareAttach(): number;
  /** Takes what an earlier life of this page knew, as long as nothing is known now. A replay from the beginning goes on behind it. */
  adopt(view: TranscriptView): void;
  /** Forgets everything: the log was replaced by a shorter one, and what is known here never happened. */
  reset(): void;
}

/** `incomplete`: the replay stopped before it was complete. `refused`: the gateway said why there is none. */
export type LoadFailure = { readonly kind: 'incomplete' } | { readonly kind: 'refused'; readonly problem: Problem };

export interface TranscriptStoreOptions {
  readonly sessionId: SessionId;
  /** Does `flush` when it is asked for, as urgently as it is asked for. */
  readonly schedule: (flush: () => void) => Ask;
  /** Something is missing: attach anew. */
  readonly onGap: () => void;
}

export function createTranscriptStore({ sessionId, schedule, onGap }: TranscriptStoreOptions): TranscriptStore {
  const { store, isWatched } = watched(createStore<TranscriptView>(() => emptyView(sessionId)));
  const failure = createStore<LoadFailure | null>(() => null);
  let waiting: TranscriptFrame[] = [];
  /** What is known and not shown yet; null: all is shown. */
  let unshown: TranscriptView | null = null;
  const known = (): TranscriptView => unshown ?? store.getState();
  const put = (view: TranscriptView): void => {
    const firstReplay = view.phase === 'attaching' && store.getState().seq === 0;
    if (firstReplay && failure.getState() === null) unshown = view;
    else {
      unshown = null;
      store.setState(view, true);
    }
  };
  const flush = (): boolean => {
    if (waiting.length === 0) return false;
    const frames = waiting;
    waiting = [];
    const { view, gap } = reduceFrames(known(), frames);
    put(view);
    if (view.phase === 'live') failure.setState(null, true);
    return gap;
  };
  failure.subscribe((failed) => {
    if (failed && unshown) put(unshown);
  });
  const bringUpToDate = (): void => {
    if (flush()) onGap();
  };
  const request = schedule(bringUpToDate);
  return {
    store,
    failure,
    known,
    receive(frame) {
      waiting.push(frame);
      // What is being opened is to be there as soon as it can be.
      request(known().phase === 'attaching' ? 'frame' : isWatched() ? 'steady' : 'unseen');
    },
    catchUp() {
      if (!isWatched()) bringUpToDate();
    },
    prepareAttach() {
      flush();
      failure.setState(null, true);
      put(beginAttach(known()));
      return known().seq;
    },
    adopt(view) {
      if (known().seq === 0) store.setState(beginAttach(view), true);
    },
    reset() {
      waiting = [];
      unshown = null;
      store.setState(emptyView(sessionId), true);
    },
  };
}

/** A store that knows whether anybody follows it. */
function watched<T>(store: StoreApi<T>): { store: StoreApi<T>; isWatched: () => boolean } {
  let watchers = 0;
  const subscribe: StoreApi<T>['subscribe'] = (listener) => {
    const leave = store.subscribe(listener);
    watchers += 1;
    return () => {
      leave();
      watchers -= 1;
    };
  };
  return { store: { ...store, subscribe }, isWatched: () => watchers > 0 };
}
