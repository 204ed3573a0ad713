import type { NativeWords } from './words/native-words.ts';

/** What of `electron.app` asking before quitting needs. */
interface QuittingApp {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  quit(): void;
}

/** What is asked while turns run. */
export interface QuitQuestion {
  message: string;
  detail: string;
  /** First the one that quits. */
  buttons: [string, string];
}

export function quitQuestion(runningTurns: number, { quitting }: NativeWords): QuitQuestion {
  return {
    message: quitting.working(runningTurns),
    detail: quitting.means(runningTurns),
    buttons: [quitting.quit, quitting.stay],
  };
}

/**
 * Asks a person before turns are stopped by quitting. Nobody is asked while none runs, nor when something that is not a person ends the app.
 * @param ask - true: quit all the same.
 * @param stay - the person wants to go on; the window may be closed already.
 */
export function askBeforeQuit(
  app: QuittingApp,
  parts: {
    runningTurns: () => number;
    words: () => NativeWords;
    ask: (question: QuitQuestion) => Promise<boolean>;
    stay: () => void;
  },
): { quitWithoutAsking(): void } {
  let sure = false;
  let asking = false;
  app.on('before-quit', (event) => {
    if (sure || parts.runningTurns() === 0) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    parts.ask(quitQuestion(parts.runningTurns(), parts.words())).then(
      (quit) => {
        asking = false;
        sure = quit;
        if (quit) app.quit();
        else parts.stay();
      },
      () => {
        // A question that cannot be shown holds nobody up.
        sure = true;
        app.quit();
      },
    );
  });
  return {
    quitWithoutAsking() {
      sure = true;
      app.quit();
    },
  };
}
