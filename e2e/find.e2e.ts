import type { Page } from 'playwright';
import type { SessionEvent } from '../main/protocol/events.ts';
import type { SessionId } from '../main/protocol/ids.ts';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { expectAccessible } from './steps/axe.ts';
import { test } from './steps/demo.ts';
import { bringOutSidebar, isPhone, openSession } from './steps/session.ts';
import { turnOf, writeSession } from './tools/fill-session.ts';

const long = 'ses_00000000000000000001' as SessionId;
const other = 'ses_00000000000000000002' as SessionId;
const turns = 450;
const paragraph = 'The function reads the file, splits it into lines and keeps those that begin with the prefix. ';

/** What is looked for stands far above what is mounted at first: in an answer over the end of bold words, in thoughts, and in an output. */
function said(number: number): SessionEvent[] {
  const id = `item_${number}`;
  const text = `Answer ${number}. ${paragraph.repeat(1 + (number % 4))}`;
  const answer: SessionEvent = { type: 'text', item_id: id, text };
  if (number === 200) return [{ ...answer, text: `${text}\n\nThe **lighthouse** keeper sleeps.\n\n${paragraph}` }];
  if (number === 300)
    return [{ type: 'reasoning', item_id: `${id}r`, text: 'Ask the lighthouse keeper.', duration_ms: 3 }, answer];
  if (number === 400) {
    const tool = { tool_call_id: `call_${number}`, tool: 'Read', kind: 'read', title: 'log.txt' } as const;
    return [
      { type: 'tool_activity', phase: 'start', ...tool, input: {} },
      { type: 'tool_activity', phase: 'end', ...tool, status: 'completed', output: 'x\nlighthouse keeper: on duty' },
      answer,
    ];
  }
  return [answer];
}

/** The words of the hit, when it is before the reader's eyes. */
const seenHit = (page: Page) =>
  page.evaluate(() => {
    const [range] = [...(CSS.highlights.get('find-here') ?? [])] as Range[];
    const box = document.querySelector('.transcript-scroller')?.getBoundingClientRect();
    const at = range?.getBoundingClientRect();
    return range && box && at && at.top >= box.top && at.bottom <= box.bottom && at.height > 0
      ? range.toString()
      : null;
  });
const turnAt = (page: Page) =>
  page.evaluate(() => {
    const [range] = [...(CSS.highlights.get('find-here') ?? [])] as Range[];
    return range?.startContainer.parentElement?.closest('article.turn')?.textContent?.match(/Question \d+/)?.[0];
  });

test('what was found anywhere is brought before the eyes in its session, and each other place of it in turn', {
  tag: '@phone',
}, async ({ launch, home, folder }) => {
  const all = Array.from({ length: turns }, (_, at) => turnOf(at + 1, `Question ${at + 1}?`, said(at + 1)));
  writeSession(home, { session_id: long, cwd: folder, title: 'Long' }, all.flat());
  writeSession(home, { session_id: other, cwd: folder, title: 'Other' }, turnOf(1, 'Hello', []));
  const { page } = await launch({ env: { QUARTERDECK_IMPORTS: 'on' } });
  await openSession(page, other);
  const count = page.getByTestId(testIds.findCount);

  await test.step('a hit of the search over everything opens its session at the place', async () => {
    await bringOutSidebar(page);
    await page.getByTestId(testIds.sessionSearch).fill('lighthouse keeper');
    await page.getByTestId(testIds.searchAll).click();
    const hit = page.getByTestId(testIds.historyHit).filter({ hasText: 'sleeps' });
    await expect(hit).toBeVisible({ timeout: 20_000 });
    await hit.click();
    await expect.poll(() => seenHit(page), { timeout: 15_000 }).toMatch(/^lighthouse$/);
    expect(await turnAt(page)).toBe('Question 200');
    await expect(page.getByTestId(testIds.findInput)).toHaveValue('lighthouse keeper');
  });

  await test.step('typed, the words are one phrase; next and previous go to each place, and what was folded opens', async () => {
    await page.getByTestId(testIds.findInput).fill('Lighthouse keeper');
    await expect(count).toHaveText('1 of 3');
    await expect.poll(() => seenHit(page)).toBe('lighthouse keeper');
    await page.getByTestId(testIds.findNext).click();
    await expect(count).toHaveText('2 of 3');
    await expect.poll(() => seenHit(page)).toBe('lighthouse keeper');
    expect(await turnAt(page)).toBe('Question 300');
    await page.getByTestId(testIds.findInput).press('Enter');
    await expect.poll(() => turnAt(page)).toBe('Question 400');
    await expect.poll(() => seenHit(page)).toBe('lighthouse keeper');
    await page.getByTestId(testIds.findInput).press('Enter');
    await expect(count).toHaveText('1 of 3');
    await page.getByTestId(testIds.findPrevious).click();
    await expect(count).toHaveText('3 of 3');
    await expectAccessible(page, 'the search in a conversation', '.find-bar');
  });

  await test.step('nothing found is said, and Esc closes the search alone', async () => {
    await page.getByTestId(testIds.findInput).fill('no such words');
    await expect(count).toHaveText('Not found');
    await page.getByTestId(testIds.findInput).press('Escape');
    await expect(page.getByTestId(testIds.findBar)).toHaveCount(0);
    expect(await page.evaluate(() => CSS.highlights.size)).toBe(0);
  });

  await test.step('it opens where a hand or the keys reach it, and belongs to its session', async () => {
    if (isPhone(page)) {
      await page.getByRole('button', { name: 'Session actions' }).click();
      await page.getByTestId(testIds.findOpen).click();
    } else await page.keyboard.press('Control+f');
    await expect(page.getByTestId(testIds.findInput)).toBeFocused();
    await page.keyboard.type('Answer 440.');
    await expect.poll(() => turnAt(page)).toBe('Question 440');
    await expect.poll(() => seenHit(page)).toBe('Answer 440.');
    await bringOutSidebar(page);
    await page.getByTestId(testIds.sessionSearch).fill('');
    await openSession(page, other);
    await expect(page.getByTestId(testIds.findBar)).toHaveCount(0);
  });
});
