/** A hidden window gets no animation frames; it is brought up to date this often instead, milliseconds. */
const hiddenMs = 200;
/** Between two updates of what streams, milliseconds: no eye follows words faster, and every second frame is left to what a person does. */
const steadyMs = 32;
/** Between two updates of what nobody looks at. */
const unseenMs = 250;
/**
 * So long what streams lets keys go first, milliseconds. Then it comes into the page right behind the frame of a key, which leaves the frame of the
 * next one little more than to draw it.
 */
const patienceMs = 100;
/** Half a frame: what is due within it is due now. */
const nearlyMs = 8;

/** `frame`: at the next one. `steady`: too, unless the last update has only just been. `unseen`: nobody looks at it. */
export type Urgency = 'frame' | 'steady' | 'unseen';

/** Asks for a job to be done, once however often it is asked for; whoever asks more urgently is heard. */
export type Ask = (urgency: Urgency) => void;

/** A key was pressed that no frame has shown yet. */
let keyWaits = false;
/** What was patient long enough. */
const behindKey = new Set<() => void>();

/** From now on what streams is not put into the frame that shows a key, so that a letter never waits for the words of an agent. */
export function letKeysGoFirst(): void {
  const shown = (): void => {
    keyWaits = false;
    const jobs = [...behindKey];
    behindKey.clear();
    for (const job of jobs) job();
  };
  window.addEventListener(
    'keydown',
    () => {
      if (keyWaits) return;
      keyWaits = true;
      // The frame is drawn when the task behind it begins.
      requestAnimationFrame(() => setTimeout(shown));
    },
    { capture: true, passive: true },
  );
}

/** A page that is hidden draws none, of what a key did neither: the keys that change to another tab are the last that it hears. */
const drawsFrames = (): boolean =>
  typeof requestAnimationFrame !== 'undefined' && document.visibilityState !== 'hidden';

/** Does a job at animation frames, never more than once in one. */
export function atFrames(job: () => void): Ask {
  let urgent = false;
  let lastAt = Number.NEGATIVE_INFINITY;
  let due = Number.POSITIVE_INFINITY;
  let cancel = (): void => {};
  const run = (): void => {
    const now = performance.now();
    if (keyWaits && !urgent && drawsFrames()) {
      if (now - due < patienceMs) wait(0);
      else {
        behindKey.add(run);
        cancel = () => behindKey.delete(run);
      }
      return;
    }
    urgent = false;
    due = Number.POSITIVE_INFINITY;
    lastAt = now;
    job();
  };
  const wait = (ms: number): void => {
    cancel();
    if (ms > nearlyMs) {
      // No frame is asked for that nothing would be drawn in.
      const timer = setTimeout(() => wait(due - performance.now()), ms - nearlyMs);
      cancel = () => clearTimeout(timer);
    } else if (!drawsFrames()) {
      const timer = setTimeout(run, hiddenMs);
      cancel = () => clearTimeout(timer);
    } else {
      const frame = requestAnimationFrame(run);
      cancel = () => cancelAnimationFrame(frame);
    }
  };
  return (urgency) => {
    const now = performance.now();
    const pause = urgency === 'frame' ? 0 : urgency === 'steady' ? steadyMs : unseenMs;
    if (urgency === 'frame') urgent = true;
    const at = Math.max(now, lastAt + pause);
    if (at >= due) return;
    due = at;
    wait(at - now);
  };
}
