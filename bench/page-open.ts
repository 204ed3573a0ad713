/** A long session from the click on it to its last message on the screen, next to pages that mount every message. */
import type { BrowserContext } from 'playwright';
import { filledAnswer, filledQuestion, fillSession } from '../e2e/tools/fill-session.ts';
import { testIds } from '../renderer/test-ids.ts';
import { type AppPage, openAppPage, sessionNames } from './harness/app-page.ts';
import { barePageScript, buildBarePage, launchChromium } from './harness/chromium.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { interleave } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { startFloor } from './harness/server-process.ts';
import { SocketClient } from './harness/socket-client.ts';
import { medianRatio } from './harness/statistics.ts';
import { type Opened, openPage } from './harness/watched-page.ts';

const sizes = [2_000, 10_000] as const;
/** Mounting ten thousand messages takes a while. */
const rounds = [3, 2] as const;
const turn = `[data-testid="${testIds.turn}"]`;
type Measure = 'shown' | 'busy' | 'nodes' | 'heap';

/** What a page does once it is asked to show something, until nothing is left to do. @param last - selects messages; the last one must hold `words`. */
async function opening(
  { page, busyMs, heapMb }: Opened,
  ask: () => Promise<unknown>,
  last: string,
  words: string,
): Promise<Record<Measure, number>> {
  const before = await busyMs();
  const heapBefore = await heapMb();
  const shown = page.evaluate(
    ([selector, text]) =>
      new Promise<number>((resolve) => {
        const from = performance.now();
        const look = (): void => {
          const there = [...document.querySelectorAll(selector)].at(-1)?.textContent?.includes(text);
          // The frame that holds it has been drawn when the next one begins.
          requestAnimationFrame(there ? () => resolve(performance.now() - from) : look);
        };
        look();
      }),
    [last, words] as const,
  );
  await ask();
  const shownMs = await shown;
  await page.waitForTimeout(500);
  const busy = (await busyMs()) - before;
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  return { shown: shownMs, busy, nodes, heap: (await heapMb()) - heapBefore };
}

function bareThread(context: BrowserContext, url: string, script: string, messages: number) {
  const texts = Array.from({ length: messages }, (_, at) => {
    const number = Math.floor(at / 2) + 1;
    return at % 2 === 0 ? filledQuestion(number) : filledAnswer(number);
  });
  return async () => {
    const opened = await openPage(context);
    await opened.page.goto(url);
    await opened.page.addScriptTag({ content: script });
    // The texts are there before the time begins.
    await opened.page.evaluate((all) => Object.assign(window, { benchTexts: all }), texts);
    const show = () =>
      opened.page.evaluate(() => {
        const page = window as unknown as { benchShow: (texts: string[]) => void; benchTexts: string[] };
        page.benchShow(page.benchTexts);
      });
    const found = await opening(opened, show, 'article', `Answer ${messages / 2}.`);
    await opened.page.close();
    return found;
  };
}

/** What the app's gateway says of a session, from its first event to the end. */
async function framesOf(app: AppPage, session_id: string): Promise<unknown[]> {
  const client = await SocketClient.connect(app.server);
  const frames: unknown[] = [];
  client.onFrame = (frame) => {
    if (/^\{"type":"(?:events|attached)"/.test(frame)) frames.push(JSON.parse(frame));
  };
  const attached = client.until((frame) => frame.startsWith('{"type":"attached"'));
  await client.ask({ type: 'attach', session_id, after_seq: 0 });
  await attached;
  await client.close();
  return frames;
}

function wholeThread(
  context: BrowserContext,
  url: string,
  { script, styles }: { script: string; styles: string },
  session: { id: string; frames: unknown[] },
  messages: number,
) {
  return async () => {
    const opened = await openPage(context);
    await opened.page.goto(url);
    await opened.page.addStyleTag({ content: styles });
    await opened.page.addScriptTag({ content: script });
    await opened.page.evaluate(({ id, frames }) => {
      (window as unknown as { benchLearn: (id: string, frames: unknown[]) => void }).benchLearn(id, frames);
    }, session);
    const show = () => opened.page.evaluate(() => (window as unknown as { benchShow: () => void }).benchShow());
    const found = await opening(opened, show, turn, `Answer ${messages / 2}.`);
    await opened.page.close();
    return found;
  };
}

function appThread(app: AppPage, sessionIds: string[], messages: number) {
  return async () => {
    // The one before says the same, so it has to be gone.
    await app.leave();
    await app.page.waitForTimeout(500);
    return opening(app, () => app.show(sessionIds.pop()!), turn, `Answer ${messages / 2}.`);
  };
}

const browser = await launchChromium();
const home = freshFolder('home');
const cwd = freshFolder('project');
const sessions = sizes.map((messages, at) => {
  const sessionIds = sessionNames(rounds[at]! + 1, at * 100 + 1);
  for (const session_id of sessionIds) fillSession(home, { session_id, cwd, title: `${messages} messages`, messages });
  return sessionIds;
});
const floor = await startFloor({ database: `${freshFolder('floor')}/floor.db` });
const script = await barePageScript('bare-thread.tsx');
const whole = await buildBarePage('whole-thread.tsx');
const app = await openAppPage(await browser.newContext(), home);
const context = await browser.newContext();
for (const [at, messages] of sizes.entries()) {
  const names = { all: "the app's rows, all mounted", text: 'their Markdown alone, all mounted', app: 'app' };
  const [last] = sessions[at]!;
  const session = { id: last!, frames: await framesOf(app, last!) };
  const found = await interleave<Measure>(
    [
      { name: names.all, run: wholeThread(context, floor.said.url, whole, session, messages) },
      { name: names.text, run: bareThread(context, floor.said.url, script, messages) },
      { name: names.app, run: appThread(app, sessions[at]!, messages) },
    ],
    // Only the app keeps anything between rounds, and it is warm after the first size.
    { rounds: rounds[at]!, warmUps: at === 0 ? 1 : 0 },
  );
  const ratioOf = (measure: Measure) => medianRatio(found.get(names.app)![measure], found.get(names.all)![measure]);
  report({
    name: 'page-open',
    title: `Opening: a session of ${messages.toLocaleString('en')} messages, from the click to its last message`,
    about:
      'Chromium, headless. The app asks its gateway for every event of the session and has not seen it before. The other pages have all of it in ' +
      "their memory: one mounts every row as the app draws it, in the app's styles, without the app around it; one shows nothing but each text as " +
      'Markdown, without tools, code colours, buttons and times. Main thread: processor time of its tasks, until half a second after it is shown.',
    ...tableOf(
      found,
      [
        { measure: 'shown', label: 'shown after ms', format: fixed(0) },
        { measure: 'busy', label: 'main thread ms', format: fixed(0) },
        { measure: 'nodes', label: 'elements', format: fixed(0) },
        { measure: 'heap', label: 'heap MB', format: fixed(1) },
      ],
      names.all,
      ['shown', 'busy'],
    ),
    goals: [{ what: `${messages.toLocaleString('en')} messages, main thread`, ratio: ratioOf('busy'), goal: 0.1 }],
    notes: [],
    rounds: rounds[at]!,
  });
}
await browser.close();
await Promise.all([floor.stop(), app.server.stop()]);
process.exit(0);
