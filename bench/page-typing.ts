/** Writing while eight agents answer: from a key to the letter on the screen, next to a bare textarea on a page that hears as many. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { fillSession } from '../e2e/tools/fill-session.ts';
import type { ProviderId } from '../main/protocol/ids.ts';
import { testIds } from '../renderer/test-ids.ts';
import { openAppPage, sessionNames } from './harness/app-page.ts';
import { barePageScript, launchChromium } from './harness/chromium.ts';
import { keyCategory, keyWork } from './harness/key-work.ts';
import { longAnswer } from './harness/long-answer.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { interleave } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { startFloor } from './harness/server-process.ts';
import { SocketClient } from './harness/socket-client.ts';
import { makeStampingCli, promptLine } from './harness/stamping-cli.ts';
import { median, medianRatio, percentile } from './harness/statistics.ts';
import { tracedTasks } from './harness/traced.ts';
import { openPage } from './harness/watched-page.ts';

const sessions = 8;
const perSecond = 50;
const keys = 300;
const keyEveryMs = 25;
const rounds = 3;
const messages = 200;
/** They begin a little before the first key and end after the last, also where the machine is busy and the keys come late. */
const seconds = 2 * ((keys * keyEveryMs) / 1000) + 3;
const prompt = () => `deltas ${Math.ceil(seconds * perSecond)} at ${perSecond} from ${process.hrtime.bigint()}`;
type Measure = 'p50' | 'p99' | 'work50' | 'work99';

/** Notes how long each key that is pressed from now on takes until the end of the frame that shows it, milliseconds by the clock. */
const watchKeys = (page: Page) =>
  page.evaluate(() => {
    const strokes: number[] = [];
    Object.assign(window, { benchStrokes: strokes });
    let open: { at: number; handled: boolean }[] = [];
    const after = (job: () => void): void => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = job;
      port2.postMessage(null);
    };
    addEventListener(
      'keydown',
      (event) => {
        const stroke = { at: event.timeStamp, handled: false };
        // A task of its own comes when the key, what it typed and what was rendered for it are through.
        after(() => {
          stroke.handled = true;
        });
        open.push(stroke);
      },
      { capture: true },
    );
    // Asked for a frame ahead, so it is the first thing of each.
    const frame = (): void => {
      requestAnimationFrame(frame);
      if (open.length === 0) return;
      const shown = open.filter(({ handled }) => handled);
      open = open.filter(({ handled }) => !handled);
      after(() => {
        for (const { at } of shown) strokes.push(performance.now() - at);
      });
    };
    requestAnimationFrame(frame);
  });

async function typed(context: BrowserContext, page: Page, field: string): Promise<Record<Measure, number>> {
  await page.locator(field).click();
  await page.evaluate(() => {
    (window as unknown as { benchStrokes: number[] }).benchStrokes.length = 0;
  });
  const press = async () => {
    const began = performance.now();
    for (let key = 0; key < keys; key += 1) {
      const wait = began + key * keyEveryMs - performance.now();
      if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      await page.keyboard.press(key % 6 === 5 ? 'Space' : 'e');
    }
    await page.waitForTimeout(200);
  };
  const work = keyWork(await tracedTasks(context, page, press, [keyCategory]));
  const strokes = await page.evaluate(() => (window as unknown as { benchStrokes: number[] }).benchStrokes);
  if (Math.min(strokes.length, work.length) < keys)
    throw new Error(`${strokes.length} and ${work.length} of ${keys} keys were seen`);
  return {
    p50: percentile(strokes, 0.5),
    p99: percentile(strokes, 0.99),
    work50: percentile(work, 0.5),
    work99: percentile(work, 0.99),
  };
}

async function barePage(context: BrowserContext, cli: string, script: string) {
  const floors = await Promise.all(
    Array.from({ length: sessions }, () => startFloor({ database: join(freshFolder('floor'), 'floor.db'), cli })),
  );
  const clients = await Promise.all(floors.map((floor) => SocketClient.connect(floor)));
  const run = async () => {
    const { page } = await openPage(context);
    await page.goto(floors[0]!.said.url);
    await page.evaluate(
      (urls) => Object.assign(window, { benchUrls: urls }),
      floors.map(({ socketUrl }) => socketUrl),
    );
    await page.addScriptTag({ content: script });
    await watchKeys(page);
    for (const client of clients) client.send(JSON.stringify({ prompt: promptLine(prompt()) }));
    await page.waitForTimeout(500);
    const found = await typed(context, page, 'textarea');
    await page.close();
    return found;
  };
  return { run, stop: () => Promise.all(floors.map((floor) => floor.stop())) };
}

async function appPage(context: BrowserContext, cli: string) {
  const home = freshFolder('home');
  const cwd = freshFolder('project');
  const sessionIds = sessionNames(sessions);
  for (const session_id of sessionIds)
    fillSession(home, { session_id, cwd, title: `Session ${session_id}`, messages, provider: 'claude' as ProviderId });
  const app = await openAppPage(context, home, { QUARTERDECK_CLAUDE_PATH: cli });
  const input = `[data-testid="${testIds.composerInput}"]`;
  // The page follows a session from the first look at it.
  for (const session_id of sessionIds) {
    await app.show(session_id);
    await app.page
      .getByTestId(testIds.conversation)
      .getByText(`Question ${messages / 2}:`)
      .waitFor();
  }
  await watchKeys(app.page);
  const run = async () => {
    await app.page.locator(input).fill('');
    for (const session_id of sessionIds) void app.client.ask({ type: 'message', session_id, text: prompt() });
    await app.page.waitForTimeout(500);
    const found = await typed(context, app.page, input);
    const running = app.page.locator(`[data-testid="${testIds.turn}"][data-status="running"]`);
    // A long turn is several rows.
    if ((await running.count()) === 0) throw new Error('the agent in sight had ended before the last key');
    await running.last().waitFor({ state: 'detached' });
    // The others began and end at about the same time.
    await app.page.waitForTimeout(1_000);
    return found;
  };
  return { run, stop: () => app.server.stop() };
}

const browser = await launchChromium();
const textFile = join(freshFolder('text'), 'answer.md');
writeFileSync(textFile, longAnswer(Math.ceil(seconds * perSecond) * 5));
const cli = makeStampingCli(textFile);
const names = { bare: 'bare textarea and text nodes', app: 'app, its composer' };
const script = await barePageScript('bare-typing.tsx');
const ways = {
  bare: await barePage(await browser.newContext(), cli, script),
  app: await appPage(await browser.newContext(), cli),
};
const found = await interleave<Measure>(
  (['app', 'bare'] as const).map((way) => ({ name: names[way], run: ways[way].run })),
  { rounds },
);
const of = (name: string, measure: Measure) => found.get(name)![measure];
report({
  name: 'page-typing',
  title: `Typing: ${1000 / keyEveryMs} keys a second while ${sessions} sessions stream ${perSecond} deltas a second each`,
  about:
    'Chromium, headless, 60 frames a second. To the screen: from the key to the end of the frame that shows it, most of which is waiting for the ' +
    'screen, and on a busy machine for the processor. Work: processor time of the main thread for the key, and for the whole of that frame, whatever else ' +
    'falls into it. The bare page hears the CLIs directly.',
  ...tableOf(
    found,
    [
      { measure: 'p50', label: 'to the screen p50 ms', format: fixed(1) },
      { measure: 'p99', label: 'p99 ms', format: fixed(1) },
      { measure: 'work50', label: 'work p50 ms', format: fixed(1) },
      { measure: 'work99', label: 'work p99 ms', format: fixed(1) },
    ],
    names.bare,
    ['p50', 'p99', 'work99'],
  ),
  goals: [
    { what: 'work p99', ratio: median(of(names.app, 'work99')), goal: 8, unit: 'ms' },
    { what: 'to the screen, p99', ratio: medianRatio(of(names.app, 'p99'), of(names.bare, 'p99')), goal: 1.5 },
  ],
  notes: [],
  rounds,
});
await browser.close();
for (const way of Object.values(ways)) await way.stop();
process.exit(0);
