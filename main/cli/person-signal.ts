/** Two signals closer than this are one: npm hands Ctrl+C on to a script that the terminal has told already, milliseconds. */
const echoMs = 400;

/** Leaves the echo of a signal out. @param now - milliseconds, monotonic. */
export function withoutEcho(handle: () => void, now: () => number = () => performance.now()): () => void {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const at = now();
    if (at - last < echoMs) return;
    last = at;
    handle();
  };
}
