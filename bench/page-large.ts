/** What is far larger than anybody reads: how long the page cannot answer while it is opened, scrolled through, selected and copied. */
import type { BrowserContext, Page } from 'playwright';
import { turnOf, writeSession } from '../e2e/tools/fill-session.ts';
import type { SessionEvent } from '../main/protocol/events.ts';
import { testIds } from '../renderer/test-ids.ts';
import { type AppPage, openAppPage, sessionNames } from './harness/app-page.ts';
import { launchChromium } from './harness/chromium.ts';
import { longAnswer } from './harness/long-answer.ts';
import { longestTask } from './harness/longest-task.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { interleave } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { startFloor } from './harness/server-process.ts';
import { median } from './harness/statistics.ts';

const rounds = 3;
const goalMs = 200;
type Measure = 'open' | 'scroll' | 'copy' | 'nodes';

interface Large {
  readonly name: string;
  /** As it stands in one text. */
  readonly text: string;
  readonly events: readonly SessionEvent[];
  /** Something of it that is on the screen when it is open. */
  readonly shown: string;
  /** Opens all of it, and says what scrolls then. */
  readonly more?: (page: Page) => Promise<string>;
}

const textOf = (text: string): SessionEvent[] => [{ type: 'text', item_id: 'text_large_0001', text }];
const tool = { tool_call_id: 'tool_large_0001', tool: 'Bash', kind: 'execute', title: 'make everything' } as const;
const started: SessionEvent = { type: 'tool_activity', phase: 'start', ...tool, input: { command: 'make' } };
const openTool = async (page: Page): Promise<void> => {
  const toggle = page.getByTestId(testIds.toolToggle);
  if ((await toggle.getAttribute('aria-expanded')) !== 'true') await toggle.click();
};

const answer = `${longAnswer(200_000)}\n\nThis is where it ends.`;
const line = `${'A single line of words that never ends. '.repeat(25_000)}This is where it ends.`;
const diffLines = Array.from({ length: 10_000 }, (_, at) => `${' +-'[at % 3]}  const line${at} = kept(lines, ${at});`);
const output = Array.from({ length: 100_000 }, (_, at) => `\u001b[3${at % 8}m${at}\u001b[0m ok`).join('\n');
const all: readonly Large[] = [
  { name: 'answer of 200,000 characters', text: answer, events: textOf(answer), shown: 'This is where it ends.' },
  {
    name: 'one line of a million characters',
    text: line,
    events: textOf(line),
    shown: 'A single line of words',
  },
  {
    name: 'diff of 10,000 lines',
    text: diffLines.join('\n'),
    events: [
      started,
      {
        type: 'file_edit',
        tool_call_id: tool.tool_call_id,
        diff: {
          path: '/project/kept.ts',
          change: 'update',
          added: 3_333,
          removed: 3_333,
          hunks: [{ old_start: 1, old_lines: 6_667, new_start: 1, new_lines: 6_667, lines: diffLines }],
        },
      },
      { type: 'tool_activity', phase: 'end', ...tool, status: 'completed', duration_ms: 4 },
    ],
    shown: 'make everything',
    more: async (page) => {
      await openTool(page);
      await page.locator('.diff-more').click();
      await page.locator('.diff-row').nth(9_000).waitFor({ state: 'attached' });
      return '.transcript-scroller';
    },
  },
  {
    name: 'output of 100,000 lines in colours',
    text: output,
    events: [started, { type: 'tool_activity', phase: 'end', ...tool, status: 'completed', output, duration_ms: 4 }],
    shown: 'make everything',
    more: async (page) => {
      await openTool(page);
      await page.getByTestId(testIds.outputOpen).click();
      await page.locator('.output-line').first().waitFor();
      return `[data-testid="${testIds.outputLines}"]`;
    },
  },
];

/** From one end of a scroller to the other, a frame at each of so many places. */
const scrollThrough = (page: Page, scroller: string) =>
  page.evaluate(
    async ([selector, steps]) => {
      const box = document.querySelector(selector) ?? document.documentElement;
      const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      for (let step = 1; step <= steps; step += 1) {
        box.scrollTop = box.scrollHeight * (1 - step / steps);
        await drawn();
      }
    },
    [scroller, 30] as const,
  );

/** Selects what a container holds, and copies it with the keys. */
async function copied(page: Page, container: string): Promise<void> {
  await page.evaluate((selector) => {
    const box = document.querySelector(selector) ?? document.body;
    document.getSelection()?.selectAllChildren(box);
  }, container);
  await page.waitForTimeout(100);
  await page.keyboard.press('Control+C');
  await page.waitForTimeout(100);
}

async function inApp(app: AppPage, context: BrowserContext, large: Large, sessionId: string) {
  const { page } = app;
  await app.leave();
  let scroller = '.transcript-scroller';
  const open = await longestTask(context, page, async () => {
    await app.show(sessionId);
    await page.locator('.transcript-scroller').getByText(large.shown).last().waitFor();
    if (large.more) scroller = await large.more(page);
    await page.waitForTimeout(500);
  });
  const scroll = await longestTask(context, page, () => scrollThrough(page, scroller));
  const copy = await longestTask(context, page, () => copied(page, scroller));
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  if (scroller !== '.transcript-scroller') await page.keyboard.press('Escape');
  return { open, scroll, copy, nodes };
}

async function inPre(context: BrowserContext, url: string, text: string) {
  const page = await context.newPage();
  await page.goto(url);
  const open = await longestTask(context, page, async () => {
    await page.evaluate((all) => {
      const pre = document.body.appendChild(document.createElement('pre'));
      pre.style.whiteSpace = 'pre-wrap';
      pre.textContent = all;
    }, text);
    await page.waitForTimeout(500);
  });
  const scroll = await longestTask(context, page, () => scrollThrough(page, 'html'));
  const copy = await longestTask(context, page, () => copied(page, 'pre'));
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  await page.close();
  return { open, scroll, copy, nodes };
}

const browser = await launchChromium();
const home = freshFolder('home');
const cwd = freshFolder('project');
const sessionIds = all.map(({ name, events }, at) => {
  // Of each round its own, so that nothing of it is known.
  const ids = sessionNames(rounds + 1, at * 10 + 1);
  for (const session_id of ids) writeSession(home, { session_id, cwd, title: name }, turnOf(1, 'Make it', events));
  return ids;
});
const floor = await startFloor({ database: `${freshFolder('floor')}/floor.db` });
const context = await browser.newContext();
await context.grantPermissions(['clipboard-read', 'clipboard-write']);
const app = await openAppPage(context, home);
const bare = await browser.newContext();
for (const [at, large] of all.entries()) {
  const names = { pre: 'the same text in a <pre>', app: 'app' };
  const found = await interleave<Measure>(
    [
      { name: names.pre, run: () => inPre(bare, floor.said.url, large.text) },
      { name: names.app, run: () => inApp(app, context, large, sessionIds[at]!.pop()!) },
    ],
    { rounds },
  );
  const worst = Math.max(
    ...(['open', 'scroll', 'copy'] as const).map((measure) => median(found.get(names.app)![measure])),
  );
  report({
    name: 'page-large',
    title: `Large: ${large.name}`,
    about:
      'Chromium, headless. The longest task of the page, in processor time, while it is opened in full, scrolled from its end to its beginning, and what ' +
      'is mounted of it selected and copied. In the other page it is plain text.',
    ...tableOf(
      found,
      [
        { measure: 'open', label: 'open ms', format: fixed(0) },
        { measure: 'scroll', label: 'scroll ms', format: fixed(0) },
        { measure: 'copy', label: 'copy ms', format: fixed(0) },
        { measure: 'nodes', label: 'elements', format: fixed(0) },
      ],
      names.pre,
      ['open'],
    ),
    goals: [{ what: 'longest task', ratio: worst, goal: goalMs, unit: 'ms' }],
    notes: [],
    rounds,
  });
}
await browser.close();
await Promise.all([floor.stop(), app.server.stop()]);
process.exit(0);
