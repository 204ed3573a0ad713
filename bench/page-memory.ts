/** An hour of answers that stream into one session, as fast as they can: what the page holds afterwards, next to one text node that holds all of it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright';
import { fillSession } from '../e2e/tools/fill-session.ts';
import type { ProviderId } from '../main/protocol/ids.ts';
import { openAppPage, sessionNames } from './harness/app-page.ts';
import { barePageScript, launchChromium } from './harness/chromium.ts';
import { longAnswer } from './harness/long-answer.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { addRound, type Measured } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { startFloor } from './harness/server-process.ts';
import { SocketClient } from './harness/socket-client.ts';
import { makeStampingCli, promptLine } from './harness/stamping-cli.ts';
import { type Opened, openPage } from './harness/watched-page.ts';

/** As quick as agents write, characters a second, and how long it would take, seconds. */
const perSecond = 500;
const hour = 3_600;
const characters = 20_000;
const turns = Math.round((perSecond * hour) / characters);
const lastWords = 'where the answer ends';
const prompt = `deltas ${characters / 5} flat out`;
type Measure = 'begin' | 'quarter' | 'end' | 'grown' | 'nodesBegin' | 'nodesEnd';

/** Lets `ask` begin one turn after the other. The first tenth is not counted: what is loaded once is loaded then. */
async function hourOf(opened: Opened, ask: () => void): Promise<Record<Measure, number>> {
  const { page, over, heapMb } = opened;
  const nodes = () => page.evaluate(() => document.querySelectorAll('*').length);
  const heap: number[] = [];
  let nodesBegin = 0;
  const marks = [0.1, 0.25, 1].map((part) => Math.round(turns * part));
  for (let turn = 1; turn <= turns; turn += 1) {
    const ended = new Promise<void>((resolve) => {
      over.next = resolve;
    });
    ask();
    await ended;
    // What the watcher keeps is not the page's.
    await page.evaluate(() => Object.assign(window, { benchArrivals: [] }));
    if (!marks.includes(turn)) continue;
    await page.getByText(lastWords).last().waitFor();
    await page.waitForTimeout(1_000);
    heap.push(await heapMb());
    if (heap.length === 1) nodesBegin = await nodes();
  }
  const [begin = Number.NaN, quarter = Number.NaN, end = Number.NaN] = heap;
  const said = (turns - marks[0]!) * characters;
  return { begin, quarter, end, grown: ((end - begin) * 1e6) / said, nodesBegin, nodesEnd: await nodes() };
}

async function bare(context: BrowserContext, cli: string, script: string) {
  const server = await startFloor({ database: join(freshFolder('floor'), 'floor.db'), cli });
  const client = await SocketClient.connect(server);
  const opened = await openPage(context, true);
  await opened.page.goto(server.said.url);
  await opened.page.evaluate((url) => Object.assign(window, { benchUrl: url, benchParsed: false }), server.socketUrl);
  await opened.page.addScriptTag({ content: script });
  const found = await hourOf(opened, () => client.send(JSON.stringify({ prompt: promptLine(prompt) })));
  await server.stop();
  return found;
}

async function app(context: BrowserContext, cli: string) {
  const home = freshFolder('home');
  const [session_id] = sessionNames(1);
  const cwd = freshFolder('project');
  const provider = 'claude' as ProviderId;
  fillSession(home, { session_id: session_id!, cwd, title: 'An hour', messages: 2, provider });
  const opened = await openAppPage(context, home, { QUARTERDECK_CLAUDE_PATH: cli }, true);
  await opened.show(session_id!);
  await opened.page.locator('.transcript-row').first().waitFor();
  const found = await hourOf(
    opened,
    () => void opened.client.ask({ type: 'message', session_id: session_id!, text: prompt }),
  );
  await opened.server.stop();
  return found;
}

const browser = await launchChromium();
const textFile = join(freshFolder('text'), 'answer.md');
writeFileSync(textFile, `${longAnswer(characters - 40)}\n\n${'This is where the answer ends, all of it'.slice(0, 38)}`);
const cli = makeStampingCli(textFile);
const script = await barePageScript('bare-page.tsx');
const names = { bare: 'bare React text node', app: 'app' };
const found: Measured<Measure> = new Map();
addRound(found, names.bare, await bare(await browser.newContext(), cli, script));
addRound(found, names.app, await app(await browser.newContext(), cli));
const of = (name: string, measure: Measure) => found.get(name)![measure][0]!;
report({
  name: 'page-memory',
  title: `Memory: an hour of answers, ${((turns * characters) / 1e6).toFixed(1)} million characters in ${turns} turns, as fast as they come`,
  about:
    'Chromium, headless. What the scripts hold after everything was cleared away that nothing holds: after a tenth of the hour, a quarter, and all of it. ' +
    'Elements: after a tenth, and at the end. The bare page keeps one string and one text node.',
  ...tableOf(
    found,
    [
      { measure: 'begin', label: 'heap after 6 min MB', format: fixed(1) },
      { measure: 'quarter', label: '15 min MB', format: fixed(1) },
      { measure: 'end', label: '60 min MB', format: fixed(1) },
      { measure: 'grown', label: 'bytes a character', format: fixed(2) },
      { measure: 'nodesBegin', label: 'elements after 6 min', format: fixed(0) },
      { measure: 'nodesEnd', label: '60 min', format: fixed(0) },
    ],
    names.bare,
    ['end'],
  ),
  goals: [
    { what: 'heap for each character that was said', ratio: of(names.app, 'grown'), goal: 3, unit: 'bytes' },
    {
      what: 'elements at the end to those after 6 minutes',
      ratio: of(names.app, 'nodesEnd') / of(names.app, 'nodesBegin'),
      goal: 1.1,
    },
  ],
  notes: [],
  rounds: 1,
});
await browser.close();
process.exit(0);
