import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { SessionEvent } from '../main/protocol/events.ts';
import type { SessionId } from '../main/protocol/ids.ts';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { approvalCard } from './steps/approval.ts';
import { answerOf, expectRunning, send, toolsOf, turnWith } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { hostileTurns, rlo, strangers } from './steps/hostile.ts';
import { openSession } from './steps/session.ts';
import { pinch, smallTargets, swipe } from './steps/touch.ts';
import { fillSession, turnOf, writeSession } from './tools/fill-session.ts';

/** What a person reads in the hand, in sessions that were there before: with taps, swipes and two fingers, and with the way back of the phone. */

const long = 'ses_00000000000000000001' as SessionId;
const crew = 'ses_00000000000000000002' as SessionId;
const hostile = 'ses_00000000000000000003' as SessionId;

/** A picture that is larger than the screen: a checkered one. */
const drawn = (page: Page): Promise<Buffer> =>
  page
    .evaluate(() => {
      const canvas = document.createElement('canvas');
      canvas.width = 900;
      canvas.height = 600;
      const pen = canvas.getContext('2d')!;
      for (let at = 0; at < 54; at += 1) {
        pen.fillStyle = (at + Math.floor(at / 9)) % 2 ? '#0d6475' : '#f0a020';
        pen.fillRect((at % 9) * 100, Math.floor(at / 9) * 100, 100, 100);
      }
      return canvas.toDataURL('image/png').split(',')[1] ?? '';
    })
    .then((base64) => Buffer.from(base64, 'base64'));

/** An agent that sends another one, which looks, finds nothing and says so; then it shows a picture and a way out. */
const crewSteps: SessionEvent[] = [
  {
    ...{ type: 'tool_activity', phase: 'start', tool_call_id: 'errand', tool: 'Task', kind: 'agent' },
    ...{ title: 'Survey the queries', input: { prompt: 'Find slow queries' } },
  } as SessionEvent,
  {
    type: 'text',
    item_id: 'said_below',
    text: 'I look for SELECT first.',
    parent_tool_call_id: 'errand',
  } as SessionEvent,
  {
    ...{ type: 'tool_activity', phase: 'start', tool_call_id: 'below', tool: 'Bash', kind: 'execute' },
    ...{ title: 'grep -r SELECT', input: { command: 'grep -r SELECT' }, parent_tool_call_id: 'errand' },
  } as SessionEvent,
  {
    ...{ type: 'tool_activity', phase: 'end', tool_call_id: 'below', tool: 'Bash', kind: 'execute', duration_ms: 90 },
    ...{
      title: 'grep -r SELECT',
      status: 'failed',
      exit_code: 1,
      output: 'nothing found',
      parent_tool_call_id: 'errand',
    },
  } as SessionEvent,
  {
    ...{ type: 'tool_activity', phase: 'end', tool_call_id: 'errand', tool: 'Task', kind: 'agent', duration_ms: 900 },
    ...{ title: 'Survey the queries', status: 'completed', output: 'No queries.' },
  } as SessionEvent,
  {
    type: 'text',
    item_id: 'said',
    text: 'Here is the load:\n\n![load](load.png)\n\nMore in [the handbook](https://handbook.example/load).',
  } as SessionEvent,
];

const scroller = (page: Page) => page.locator('.transcript-scroller');
const topOf = (page: Page, text: string) =>
  turnWith(page, text).evaluate((element) => Math.round(element.getBoundingClientRect().top));
const settled = (page: Page) =>
  page.evaluate(() => new Promise<void>((done) => setTimeout(() => requestAnimationFrame(() => done()), 200)));

/** Draws the conversation down with a thumb until a turn is seen. */
async function thumbUpTo(page: Page, text: string): Promise<void> {
  const turn = turnWith(page, text);
  const seen = async () =>
    (await turn.count()) > 0 &&
    (await turn.first().evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return bottom > 120 && top < innerHeight / 2;
    }));
  for (let strokes = 0; !(await seen()); strokes += 1) {
    expect(strokes, `strokes until ${text} is seen`).toBeLessThan(60);
    await swipe(page, { x: 195, y: 240 }, { x: 198, y: 640 });
  }
}

test('what is long, nested, drawn or hostile is read in the hand', { tag: '@phone' }, async ({
  launch,
  home,
  folder,
}) => {
  test.slow();
  const cwd = join(folder, 'work');
  mkdirSync(cwd);
  fillSession(home, { session_id: long, cwd: folder, title: 'Two thousand messages', messages: 2_000 });
  writeSession(home, { session_id: crew, cwd, title: 'A crew' }, turnOf(1, 'Have somebody look', crewSteps));
  // What is long alone is drawn in the gallery, on the same glass.
  const attacks = ['links', 'bidi', 'card', 'math', 'notices', 'headings'];
  const title = `${'A very long title '.repeat(8)}${rlo}`;
  writeSession(home, { session_id: hostile, cwd, title }, hostileTurns(attacks));
  const { page } = await launch();
  writeFileSync(join(cwd, 'load.png'), await drawn(page));

  await test.step('2,000 messages open at their end, and few of them are mounted', async () => {
    await openSession(page, long);
    await expect(turnWith(page, 'Question 1000:')).toBeInViewport();
    expect(await scroller(page).evaluate((box) => box.querySelectorAll('*').length)).toBeLessThan(1_500);
  });

  await test.step('a thumb goes back in it, and finds the place again after another session', async () => {
    await thumbUpTo(page, 'Question 995:');
    await settled(page);
    const before = await topOf(page, 'Question 995:');
    await openSession(page, crew);
    await openSession(page, long);
    await expect(turnWith(page, 'Question 995:')).toBeInViewport();
    await settled(page);
    expect(Math.abs((await topOf(page, 'Question 995:')) - before)).toBeLessThanOrEqual(2);
  });

  await test.step('turned on its side and back, the phone shows what was being read', async () => {
    const { width, height } = page.viewportSize() ?? { width: 390, height: 844 };
    await page.setViewportSize({ width: height, height: width });
    await expect(page.getByTestId(testIds.openSidebar)).toBeVisible();
    await settled(page);
    await expect(turnWith(page, 'Question 995:')).toBeInViewport();
    await page.setViewportSize({ width, height });
    await settled(page);
    await expect(turnWith(page, 'Question 995:')).toBeInViewport();
  });

  await test.step('who reads above is not moved by what streams below, and gets there with one tap', async () => {
    const turn = await send(page, 'count to 60 slowly');
    await expectRunning(turn);
    await thumbUpTo(page, 'Question 998:');
    await settled(page);
    const seen = new Set<number>();
    for (let look = 0; look < 5; look += 1) {
      await settled(page);
      seen.add(await topOf(page, 'Question 998:'));
    }
    expect([...seen]).toHaveLength(1);
    await page.getByTestId(testIds.jumpToLatest).tap();
    await expect(answerOf(turn).last()).toBeInViewport();
    await page.getByTestId(testIds.stop).tap();
    await expect(turn).toHaveAttribute('data-status', 'aborted');
  });

  await test.step('what a sub-agent did is unfolded with a thumb, and no wider than the screen', async () => {
    await openSession(page, crew);
    const agent = toolsOf(turnWith(page, 'Have somebody')).and(page.locator('[data-kind="agent"]'));
    await expect(agent).toContainText('1 step');
    await agent.getByTestId(testIds.toolToggle).first().tap();
    const steps = agent.getByTestId(testIds.subSteps);
    const fold = steps.getByRole('button').first();
    if ((await fold.getAttribute('aria-expanded')) === 'false') await fold.tap();
    await expect(steps).toContainText('I look for SELECT first.');
    await expect(steps.getByTestId(testIds.toolCard)).toContainText('grep -r SELECT');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await smallTargets(page)).toEqual([]);
  });

  await test.step('a picture is tapped, made larger by two fingers and by a button, and put away by going back', async () => {
    const zoom = page.getByTestId(testIds.lightbox).locator('.lightbox-zoom');
    await page.getByTestId(testIds.localImage).tap();
    await expect(page.getByTestId(testIds.lightboxImage)).toBeVisible();
    await expect(zoom).toHaveText('100%');
    await pinch(page, { x: 195, y: 420 }, 60, 150);
    await expect.poll(async () => Number.parseInt((await zoom.textContent()) ?? '', 10)).toBeGreaterThan(180);
    await page.getByRole('button', { name: 'Larger' }).tap();
    await expect.poll(async () => Number.parseInt((await zoom.textContent()) ?? '', 10)).toBeGreaterThan(280);
    expect(await smallTargets(page)).toEqual([]);
    // What was zoomed was the picture, and not the page.
    expect(await page.evaluate(() => window.visualViewport?.scale)).toBe(1);
    await page.goBack();
    await expect(page.getByTestId(testIds.lightbox)).toHaveCount(0);
    await expect(page).toHaveURL(new RegExp(crew));
  });

  await test.step('a link asks before it leaves, in a sheet under the thumb', async () => {
    await page.context().route('https://handbook.example/**', (route) => route.fulfill({ body: 'The handbook' }));
    const link = page.getByRole('link', { name: 'the handbook' });
    const dialog = page.getByTestId(testIds.leaveDialog);
    await link.tap();
    await expect(dialog.getByTestId(testIds.leaveHost)).toHaveText('handbook.example');
    const open = dialog.getByTestId(testIds.leaveOpen);
    const box = await open.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect(box?.y).toBeGreaterThan(844 / 2);
    await page.goBack();
    await expect(dialog).toHaveCount(0);
    expect(page.context().pages()).toHaveLength(1);
    await link.tap();
    const [elsewhere] = await Promise.all([page.waitForEvent('popup'), open.tap()]);
    await expect(elsewhere.locator('body')).toHaveText('The handbook');
    expect(await elsewhere.evaluate(() => window.opener)).toBeNull();
    await elsewhere.close();
    await expect(dialog).toHaveCount(0);
  });

  await test.step('whatever an agent says, it stays in its own box', async () => {
    await openSession(page, hostile);
    await expect(approvalCard(page).getByTestId(testIds.approvalCommand)).toContainText('U+202E');
    const header = await page.locator('.pane-header').boundingBox();
    expect(header?.height).toBeLessThan(70);
    await approvalCard(page)
      .getByTestId(testIds.approvalSetAside)
      .or(page.getByTestId(testIds.approvalDeny))
      .first()
      .tap();
    await expect(approvalCard(page)).toHaveCount(0);
    for (const name of ['tools', ...attacks.toReversed()]) {
      await thumbUpTo(page, `Attack ${name}`);
      expect(await strangers(page), name).toEqual([]);
      await expect(page.getByTestId(testIds.approvalAllowOnce)).toHaveCount(0);
    }
    expect(await page.evaluate(() => Reflect.get(window, 'broken'))).toBeUndefined();
    expect(await page.locator('.composer').boundingBox()).toMatchObject({ x: 8, width: 374 });
  });
});
