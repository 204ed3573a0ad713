import type { Locator, Page } from 'playwright';
import { expect } from 'playwright/test';
import { testIds } from '../../renderer/test-ids.ts';

export type TurnStatus = 'running' | 'completed' | 'failed' | 'aborted' | 'interrupted';

/** Writes a message and sends it. @returns the turn it starts, when it starts one. */
export async function send(page: Page, text: string): Promise<Locator> {
  const composer = page.getByTestId(testIds.composerInput);
  await composer.fill(text);
  // On a touch keyboard Enter breaks the line.
  const touched = await page.evaluate(() => matchMedia('(hover: none) and (pointer: coarse)').matches);
  if (touched) await page.getByTestId(testIds.send).click();
  else await composer.press('Enter');
  await expect(composer).toHaveValue('');
  return turnWith(page, text);
}

/** The turn that a message started. */
export function turnWith(page: Page, text: string): Locator {
  // A long message is shown from its beginning; messages of a spec differ there.
  const message = page.getByTestId(testIds.userMessage).filter({ hasText: text.slice(0, 100) });
  return page.getByTestId(testIds.turn).filter({ has: message });
}

/** Sends a message and waits for the end of its turn. */
export async function sendAndWait(page: Page, text: string): Promise<Locator> {
  const turn = await send(page, text);
  await expectEnded(turn, 'completed');
  return turn;
}

export async function expectEnded(turn: Locator, status: TurnStatus): Promise<void> {
  await expect(turn).toHaveAttribute('data-status', status, { timeout: 20_000 });
}

export async function expectRunning(turn: Locator): Promise<void> {
  await expect(turn).toHaveAttribute('data-status', 'running');
}

/** What the agent said in a turn, block by block. */
export const answerOf = (turn: Locator) => turn.getByTestId(testIds.assistantText);

export const toolsOf = (turn: Locator) => turn.getByTestId(testIds.toolCard);

/**
 * What a person can read of the conversation, from its beginning to its end: messages, answers, and tools with how they ended. Times, and who allowed
 * what, are left out. Only what is near is mounted, so it is read as a person does, by scrolling; then the conversation stands where it stood.
 */
export function transcriptOf(page: Page): Promise<string[]> {
  const pieces = [testIds.userMessage, testIds.assistantText, testIds.toolCard, testIds.errorCard, testIds.notice];
  return page.locator('.transcript-scroller').evaluate(
    async (box, selector) => {
      const rows = new Map<number, string[]>();
      const read = (element: Element): string => {
        const { testid, status } = (element as HTMLElement).dataset;
        const copy = element.cloneNode(true) as HTMLElement;
        for (const changing of copy.querySelectorAll('button, .message-meta, .approval-answer')) changing.remove();
        return [testid, status, copy.textContent?.trim()].filter(Boolean).join(' ');
      };
      const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const from = box.scrollTop;
      box.scrollTop = 0;
      for (let pages = 0; pages < 1_000; pages += 1) {
        await drawn();
        for (const row of box.querySelectorAll<HTMLElement>('[data-row]')) {
          rows.set(Number(row.dataset.row), [...row.querySelectorAll(selector)].map(read));
        }
        if (box.scrollTop + box.clientHeight >= box.scrollHeight - 2) break;
        box.scrollTop += box.clientHeight * 0.8;
      }
      box.scrollTop = from;
      return [...rows].sort(([a], [b]) => a - b).flatMap(([, texts]) => texts);
    },
    pieces.map((id) => `[data-testid="${id}"]`).join(', '),
  );
}
