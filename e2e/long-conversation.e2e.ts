import type { Page } from 'playwright';
import type { SessionEvent } from '../main/protocol/events.ts';
import type { SessionId } from '../main/protocol/ids.ts';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { answerOf, send, turnWith } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { openSession } from './steps/session.ts';
import { fillSession, turnOf, writeSession } from './tools/fill-session.ts';

const long = 'ses_00000000000000000001' as SessionId;
const other = 'ses_00000000000000000002' as SessionId;

const scroller = (page: Page) => page.locator('.transcript-scroller');
const nodes = (page: Page) => scroller(page).evaluate((box) => box.querySelectorAll('*').length);
/** Where an element stands in the window, pixels. */
const topOf = (page: Page, text: string) =>
  turnWith(page, text).evaluate((element) => Math.round(element.getBoundingClientRect().top));
/** A few frames, in which what is measured late would move. */
const settle = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let frames = 0;
        const step = () => {
          frames += 1;
          if (frames === 12) resolve();
          else requestAnimationFrame(step);
        };
        step();
      }),
  );

/** Waits until what the wheel was turned for has been scrolled: on a busy page it may come late, into what a person does next. */
const rested = (page: Page, from: number) =>
  scroller(page).evaluate(
    (box, before) =>
      new Promise<void>((resolve) => {
        let last = before;
        let frames = 0;
        const step = () => {
          frames = box.scrollTop === last && last !== before ? frames + 1 : 0;
          last = box.scrollTop;
          if (frames === 12) resolve();
          else requestAnimationFrame(step);
        };
        step();
      }),
    from,
  );

async function wheelTo(page: Page, text: string, by: number): Promise<void> {
  await scroller(page).hover();
  await expect(async () => {
    const from = await scroller(page).evaluate((box) => box.scrollTop);
    await page.mouse.wheel(0, by);
    await rested(page, from);
    await expect(turnWith(page, text)).toBeInViewport({ timeout: 50 });
  }).toPass({ timeout: 30_000 });
}

test('a conversation of 10,000 messages opens at its end, mounts only what is near, and stays where a person reads', async ({
  launch,
  home,
  folder,
}) => {
  fillSession(home, { session_id: long, cwd: folder, title: 'Ten thousand messages', messages: 10_000 });
  fillSession(home, { session_id: other, cwd: folder, title: 'Another one', messages: 4 });
  const { page } = await launch({ viewport: { width: 1200, height: 800 } });

  await test.step('it opens at the end', async () => {
    await openSession(page, long);
    await expect(turnWith(page, 'Question 5000:')).toBeInViewport();
    expect(await nodes(page)).toBeLessThan(1_500);
  });

  await wheelTo(page, 'Question 4994:', -400);

  await test.step('a fold that was opened is open when its row comes back', async () => {
    const tool = turnWith(page, 'Question 4994:').getByTestId(testIds.toolToggle);
    await tool.click();
    await expect(tool).toHaveAttribute('aria-expanded', 'true');
    await page.getByTestId(testIds.jumpToLatest).click();
    await expect(turnWith(page, 'Question 5000:')).toBeInViewport();
    await wheelTo(page, 'Question 4994:', -400);
    await expect(turnWith(page, 'Question 4994:').getByTestId(testIds.toolToggle)).toHaveAttribute(
      'aria-expanded',
      'true',
    );
  });

  await test.step('another session and back: the place is kept', async () => {
    await settle(page);
    const before = await topOf(page, 'Question 4994:');
    await openSession(page, other);
    await expect(turnWith(page, 'Question 2:')).toBeInViewport();
    await openSession(page, long);
    await settle(page);
    await expect(turnWith(page, 'Question 4994:')).toBeInViewport();
    expect(Math.abs((await topOf(page, 'Question 4994:')) - before)).toBeLessThanOrEqual(2);
  });

  await test.step('a far place is reached, and the number of nodes stays small', async () => {
    await scroller(page).evaluate((box) => {
      box.scrollTop = box.scrollHeight / 2;
    });
    await settle(page);
    expect(await nodes(page)).toBeLessThan(1_500);
    await expect(page.getByTestId(testIds.turn).first()).toBeVisible();
  });

  await test.step('sending takes the person to the end and the answer is followed', async () => {
    const turn = await send(page, 'count to 40');
    await expect(turn).toBeInViewport();
    await expect(turn).toHaveAttribute('data-status', 'completed', { timeout: 30_000 });
    await expect(answerOf(turn).last()).toBeInViewport();
    await expect(page.getByTestId(testIds.jumpToLatest)).toBeHidden();
  });
});

test('while an answer streams, a person who reads above it is not moved', async ({ launch, home, folder }) => {
  fillSession(home, { session_id: long, cwd: folder, title: 'A hundred messages', messages: 100 });
  const { page } = await launch({ viewport: { width: 1200, height: 800 } });
  await openSession(page, long);
  const turn = await send(page, 'count to 60 slowly');
  await expect(turn).toHaveAttribute('data-status', 'running');
  await wheelTo(page, 'Question 46:', -300);
  const seen: number[] = [];
  for (let look = 0; look < 10; look += 1) {
    await settle(page);
    seen.push(await topOf(page, 'Question 46:'));
  }
  expect(new Set(seen).size, `tops: ${seen.join(' ')}`).toBe(1);
  await page.getByTestId(testIds.jumpToLatest).click();
  await expect(answerOf(turn).last()).toBeInViewport();
  await page.keyboard.press('Escape');
});

test('while an answer streams, nothing but its own rows changes, and it stays the element it was when it ends', async ({
  launch,
  home,
  folder,
}) => {
  fillSession(home, { session_id: long, cwd: folder, title: 'A hundred messages', messages: 100 });
  const { page } = await launch({ viewport: { width: 1200, height: 800 } });
  await openSession(page, long);
  const turn = await send(page, 'count to 40');
  const answer = answerOf(turn).last();
  await expect(answer).toContainText('3');
  // Scrolling mounts and lets go of rows above; none of those that stay is touched.
  await page.evaluate(() => {
    const seen = { rows: 0 };
    Object.assign(window, { seen });
    const observer = new MutationObserver((changes) => {
      seen.rows += changes.filter(({ target }) => (target as Element).closest?.('.turn') !== null).length;
    });
    const above = document.querySelector('.transcript')!.firstElementChild!;
    observer.observe(above, { childList: true, characterData: true, subtree: true });
  });
  await answer.evaluate((element) => element.setAttribute('data-was-growing', ''));
  await expect(turn).toHaveAttribute('data-status', 'completed', { timeout: 30_000 });
  await expect(answer).toContainText('40');
  await expect(answer).toHaveAttribute('data-was-growing', '');
  expect(await page.evaluate(() => (window as unknown as { seen: { rows: number } }).seen.rows)).toBe(0);
});

/** Commands and words in turn, none of which folds into a run: as many items as it says. */
const manySteps = (items: number): SessionEvent[] =>
  Array.from({ length: items / 2 }, (_, at): SessionEvent[] => {
    const tool = { tool_call_id: `tool_step_${at}`, tool: 'Bash', kind: 'execute', title: `make step-${at}` } as const;
    return [
      { type: 'tool_activity', phase: 'start', ...tool, input: { command: `make step-${at}` } },
      { type: 'tool_activity', phase: 'end', ...tool, status: 'completed', output: 'made\n', duration_ms: 4 },
      { type: 'text', item_id: `text_step_${at}`, text: `Step ${at} is made. ${'It took a while. '.repeat(at % 7)}` },
    ];
  }).flat();

test('one turn of 10,000 items opens at its end, mounts only what is near, and stays where a person reads', async ({
  launch,
  home,
  folder,
}) => {
  const turn = turnOf(1, 'Make everything', manySteps(10_000));
  writeSession(home, { session_id: long, cwd: folder, title: 'One long turn' }, turn);
  fillSession(home, { session_id: other, cwd: folder, title: 'Another one', messages: 4 });
  const { page } = await launch({ viewport: { width: 1200, height: 800 } });
  const stepAt = (number: number) => scroller(page).getByText(`Step ${number} is made.`);
  const stepTop = (number: number) =>
    stepAt(number).evaluate((element) => Math.round(element.getBoundingClientRect().top));

  await test.step('it opens at the end', async () => {
    await openSession(page, long);
    await expect(stepAt(4999)).toBeInViewport();
    await expect(page.getByTestId(testIds.turnFooter)).toHaveCount(1);
    expect(await nodes(page)).toBeLessThan(3_500);
  });

  await test.step('another session and back: the place inside of the turn is kept', async () => {
    await scroller(page).hover();
    await expect(async () => {
      await page.mouse.wheel(0, -1_500);
      await settle(page);
      await expect(stepAt(4940)).toBeInViewport({ timeout: 50 });
    }).toPass({ timeout: 30_000 });
    await settle(page);
    const before = await stepTop(4940);
    await openSession(page, other);
    await expect(turnWith(page, 'Question 2:')).toBeInViewport();
    await openSession(page, long);
    await settle(page);
    await expect(stepAt(4940)).toBeInViewport();
    expect(Math.abs((await stepTop(4940)) - before)).toBeLessThanOrEqual(2);
  });

  await test.step('its beginning is reached, and its end again, with few nodes on the way', async () => {
    await scroller(page).evaluate((box) => {
      box.scrollTop = 0;
    });
    await expect(turnWith(page, 'Make everything')).toBeInViewport();
    expect(await nodes(page)).toBeLessThan(3_500);
    await page.getByTestId(testIds.jumpToLatest).click();
    await expect(stepAt(4999)).toBeInViewport();
  });
});
