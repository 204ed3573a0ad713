import { app, dialog } from 'electron';
import type { Problem } from '../protocol/errors.ts';
import type { NativeWords } from './words/native-words.ts';

/** The parts of a problem, one paragraph each: what it means, what to do next, and the words for a bug report. */
export function problemParagraphs(problem: Problem): string {
  return [problem.impact, problem.next, problem.detail]
    .filter((part) => part !== undefined && part !== '')
    .join('\n\n');
}

/** Tells why the app cannot start, on the terminal and in a dialog, then ends with exit code 1. */
export async function refuseToStart(problem: Problem, { noStart }: NativeWords): Promise<void> {
  console.error([problem.message, problemParagraphs(problem)].join('\n'));
  await app.whenReady();
  await dialog.showMessageBox({
    type: 'error',
    title: noStart.title,
    message: problem.message,
    detail: problemParagraphs(problem),
    buttons: [noStart.quit],
  });
  app.exit(1);
}
