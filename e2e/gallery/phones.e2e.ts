import type { Page } from 'playwright';
import { testIds } from '../../renderer/test-ids.ts';
import { smallTargets } from '../steps/touch.ts';
import { expect, test } from './fixtures.ts';
import { layoutFaults } from './layout-faults.ts';

/** Scenes in which the most stands over each other, or the most waits for a thumb. */
const fullest = [
  ...['edit', 'options', 'question', 'running', 'goalblocked', 'mention'],
  ...['tour', 'long', 'find', 'inbox', 'new', 'panelchanges', 'agents'],
];

/** What has to be in the window, whatever else is: where one writes, and what answers. */
const always = [
  testIds.composerInput,
  testIds.send,
  testIds.approvalAllowOnce,
  testIds.approvalDeny,
  testIds.goalResume,
];

/** What of that is drawn and lies, in part, outside of the window. A page that is scrolled has its own. */
function outside(page: Page): Promise<string[]> {
  return page.evaluate(
    (ids) =>
      ids.flatMap((id) =>
        [...document.querySelectorAll(`.dock [data-testid="${id}"]`)].flatMap((element) => {
          const { top, bottom, left, right } = element.getBoundingClientRect();
          const within = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
          return within ? [] : [`${id} from ${Math.round(top)} to ${Math.round(bottom)} of ${innerHeight}`];
        }),
      ),
    always,
  );
}

/** Fields whose letters are so small that a phone zooms in when they are written in. */
const zoomingFields = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('input, textarea, select')].flatMap((field) => {
      const writes = !/checkbox|radio|file|range|color/.test(field.getAttribute('type') ?? '');
      const size = Number.parseFloat(getComputedStyle(field).fontSize);
      return writes && size < 16 ? [`${field.getAttribute('aria-label') ?? field.className}: ${size}px`] : [];
    }),
  );

/** What a screen keeps at its edges, CSS pixels: for the notch, and for the bar one swipes up. */
const kept = {
  small: { top: 20, bottom: 20, left: 0, right: 0 },
  turned: { top: 0, bottom: 21, left: 47, right: 47 },
} as const;

/** What can be pressed or written in, is drawn, and lies where the screen keeps its edges free. What is scrolled may pass under the lower one. */
const underEdges = (page: Page, edges: (typeof kept)[keyof typeof kept]): Promise<string[]> =>
  page.evaluate(({ top, left, right, bottom }) => {
    const found = document.querySelectorAll<HTMLElement>('button, a[href], input, textarea, select');
    return [...found].flatMap((one) => {
      const box = one.getBoundingClientRect();
      const x = box.left + box.width / 2;
      const drawn = one.contains(document.elementFromPoint(x, box.top + box.height / 2));
      if (!drawn || one.closest('.visually-hidden, .sheet-shade') || one.matches('.sheet-shade')) return [];
      const low = one.closest('.dock') !== null && box.bottom > innerHeight - bottom;
      const free = box.left >= left && box.right <= innerWidth - right && box.top >= top && !low;
      return free ? [] : [`under an edge: ${one.getAttribute('aria-label') ?? one.textContent?.slice(0, 40)}`];
    });
  }, edges);

for (const size of ['small', 'turned'] as const)
  test(`on a ${size} phone nothing lies badly, and what is written in and answered with is on the screen`, async ({
    openPage,
  }) => {
    test.slow();
    const { page, open } = await openPage(size);
    const faults: string[] = [];
    for (const name of fullest) {
      await open(name);
      const found = [
        ...(await layoutFaults(page)),
        ...(await smallTargets(page)),
        ...(await outside(page)),
        ...(await zoomingFields(page)),
      ];
      faults.push(...found.map((fault) => `${name}: ${fault}`));
    }
    expect(faults).toEqual([]);

    // Neither the notch nor the bar at the lower edge lies over a control.
    const screen = await page.context().newCDPSession(page);
    await screen.send('Emulation.setSafeAreaInsetsOverride', { insets: kept[size] });
    await open('goalblocked');
    expect(await underEdges(page, kept[size])).toEqual([]);

    // Neither the session list nor a sheet lies over the state of the link.
    await open('offline');
    const state = page.getByTestId(testIds.connectionStatus);
    const seen = () =>
      state.evaluate((banner) => {
        const { x, y, width, height } = banner.getBoundingClientRect();
        return banner.contains(document.elementFromPoint(x + width / 4, y + height / 2));
      });
    await expect.poll(seen).toBe(true);
    await page.getByTestId(testIds.openSidebar).tap();
    await expect(page.locator('.app')).toHaveAttribute('data-sheet', 'open');
    expect(await seen()).toBe(true);
    expect(await underEdges(page, kept[size])).toEqual([]);
    await state.getByRole('button').tap();
    // It was the button that was touched, and not what closes the list.
    await expect(page.locator('.app')).toHaveAttribute('data-sheet', 'open');
  });

test('a tap right after the conversation was scrolled reaches what lies under it', async ({ openPage }) => {
  const { page, open } = await openPage('phone');
  await open('long');
  const under = await page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const scroller = document.querySelector('.transcript-scroller');
    if (!scroller) throw new Error('There is no conversation.');
    const found: (string | null)[] = [];
    for (let times = 0; times < 4; times += 1) {
      scroller.scrollTop -= 1_500;
      // The list hears of it with the first frame and has said so by the second.
      await frame();
      await frame();
      const { left, top, width, height } = scroller.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      found.push(hit?.closest('.transcript-row') ? 'a row' : (hit?.className ?? null));
    }
    return found;
  });
  expect(under).toEqual(['a row', 'a row', 'a row', 'a row']);
});
