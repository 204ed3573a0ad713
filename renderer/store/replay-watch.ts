import type { TranscriptView } from './transcript/view.ts';

/** Runs a job once after so many milliseconds; returns how to call it off. */
export type After = (ms: number, job: () => void) => () => void;

export const afterTimeout: After = (ms, job) => {
  const timer = setTimeout(job, ms);
  return () => clearTimeout(timer);
};

/** A replay that brings no event for so long, and is not complete, has stopped; milliseconds. */
export const replayStallMs = 8_000;

export interface ReplayWatch {
  readonly read: () => Pick<TranscriptView, 'phase' | 'seq'>;
  readonly after: After;
  readonly onStall: () => void;
}

/**
 * Watches a replay from the answer to `attach` on, until it is complete. It may take any time as long as events come; frames that do not fit
 * are no progress. Returns how to stop watching.
 */
export function watchReplay({ read, after, onStall }: ReplayWatch): () => void {
  let cancel = (): void => {};
  const watch = (seqBefore: number): void => {
    cancel = after(replayStallMs, () => {
      const { phase, seq } = read();
      if (phase === 'live') return;
      if (seq > seqBefore) watch(seq);
      else onStall();
    });
  };
  watch(read().seq);
  return () => cancel();
}
