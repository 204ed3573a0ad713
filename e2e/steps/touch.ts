import { setTimeout as wait } from 'node:timers/promises';
import type { Locator, Page } from 'playwright';
import { smallTargets as measured } from '../gallery/look.ts';
import { installLook } from '../gallery/look-in-page.ts';

/** Draws a finger over the glass, as the screen tells the browser of it. */
export async function swipe(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  const screen = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number, y?: number) =>
    screen.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: x === undefined || y === undefined ? [] : [{ x, y }],
    });
  await touch('touchStart', from.x, from.y);
  const steps = 8;
  for (let step = 1; step <= steps; step += 1) {
    const part = step / steps;
    await touch('touchMove', from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
  }
  // A finger that is lifted in full flight flings, and the browser takes the next tap for the hand that stops it.
  await wait(120);
  await touch('touchMove', to.x, to.y);
  await touch('touchEnd');
  await screen.detach();
}

/** Draws two fingers apart, or together, around a point; how far they are from each other is said in pixels. */
export async function pinch(page: Page, at: { x: number; y: number }, from: number, to: number): Promise<void> {
  const screen = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove', apart: number) =>
    screen.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: [
        { x: at.x - apart / 2, y: at.y, id: 0 },
        { x: at.x + apart / 2, y: at.y, id: 1 },
      ],
    });
  await touch('touchStart', from);
  const steps = 6;
  for (let step = 1; step <= steps; step += 1) await touch('touchMove', from + ((to - from) * step) / steps);
  await screen.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await screen.detach();
}

/** Draws a finger across an element, by so many pixels toward the right. */
export async function swipeAcross(element: Locator, by: number): Promise<void> {
  const box = await element.boundingBox();
  if (box === null) throw new Error('What is to be swiped is not on the screen.');
  const from = { x: box.x + box.width / 2 - by / 2, y: box.y + box.height / 2 };
  await swipe(element.page(), from, { x: from.x + by, y: from.y + 2 });
}

/** What on the page of a phone is too small for a finger or a thumb. */
export async function smallTargets(page: Page): Promise<string[]> {
  await page.evaluate(installLook);
  return measured(page, true);
}
