import type { Clock } from '../base/clock.ts';

/** What of `electron.app` quitting needs. */
interface QuittingApp {
  on(event: 'will-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  exit(code: number): void;
}

/** How long the parts of the app may take to close, ms. */
export const closeBoundMs = 4_500;

/**
 * Closes the app's parts before the process ends, however it was told to (menu, last window, signal, `quarterdeck stop`). Whatever takes
 * longer than `closeBoundMs` is left behind: the log is durable without it.
 * @param report - hears, in one sentence, that closing failed or took too long; the exit code is 1 then.
 */
export function closeBeforeQuit(
  app: QuittingApp,
  close: () => Promise<void>,
  clock: Pick<Clock, 'after'>,
  report: (line: string) => void,
): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    let ended = false;
    const end = (code: number) => {
      if (ended) return;
      ended = true;
      cancel();
      app.exit(code);
    };
    const cancel = clock.after(closeBoundMs, () => {
      report(
        `Closing took longer than ${closeBoundMs / 1000} seconds; Quarterdeck quits now. Nothing that was stored is lost.`,
      );
      end(1);
    });
    close().then(
      () => end(0),
      (error: unknown) => {
        report(`Closing failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        end(1);
      },
    );
  });
}
