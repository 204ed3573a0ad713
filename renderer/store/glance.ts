/** What stands before somebody's eyes for so long, without a break, is being read. Milliseconds. */
export const glanceMs = 500;

/**
 * Tells what of a session was read. Who passes through it, the end before their eyes for less than a glance, has read nothing. Who stays longer reads:
 * what was there, and from then on each thing at once as it comes, so that an answer watched to its last word is read although its reader leaves with it.
 * @param mark - the session was read up to this event.
 */
export function createGlance(mark: (seq: number) => void) {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let latest = 0;
  let reads = false;
  const end = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    reads = false;
  };
  return {
    /** @param seq - last event whose words can be seen now; null: the end is out of sight, covered, or the page is. */
    look(seq: number | null): void {
      if (seq === null) {
        end();
        return;
      }
      latest = seq;
      if (reads) mark(seq);
      else
        timer ??= setTimeout(() => {
          timer = null;
          reads = true;
          mark(latest);
        }, glanceMs);
    },
    /** It is left. */
    end,
  };
}
