/** A hidden window gets no animation frames; it is brought up to date this often instead, milliseconds. */
const hiddenMs = 200;

/** Runs a job once at the next animation frame, however often it is asked for. */
export function onceAFrame(job: () => void): () => void {
  let scheduled = false;
  const run = (): void => {
    scheduled = false;
    job();
  };
  return () => {
    if (scheduled) return;
    scheduled = true;
    if (typeof requestAnimationFrame === 'undefined' || document.visibilityState === 'hidden')
      setTimeout(run, hiddenMs);
    else requestAnimationFrame(run);
  };
}
