/** A long answer that streams into a long session: what it costs the page, next to the least a page can do and to parsing everything anew each frame. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright';
import { fillSession } from '../e2e/tools/fill-session.ts';
import type { ProviderId } from '../main/protocol/ids.ts';
import { openAppPage, sessionNames } from './harness/app-page.ts';
import { barePageScript, launchChromium } from './harness/chromium.ts';
import { longAnswer } from './harness/long-answer.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { type Case, interleave } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { startFloor } from './harness/server-process.ts';
import { SocketClient } from './harness/socket-client.ts';
import { makeStampingCli, promptLine } from './harness/stamping-cli.ts';
import { median, medianRatio } from './harness/statistics.ts';
import { drawnOf, type Opened, openPage, type Watched, watchDrawing } from './harness/watched-page.ts';

const characters = 20_000;
const perSecond = 400;
const deltas = characters / 5;
const messages = 2_000;
const rounds = 3;
const answer = `${longAnswer(characters - 40)}\n\n${'This is where the answer ends, all of it'.slice(0, 38)}`;
const lastWords = 'where the answer ends';
type Measure = 'busy' | 'worst' | 'dropped';

/** Lets `ask` begin a turn of so many deltas, and looks at the page until it is over. */
async function streamed(
  { page, over, busyMs }: Opened,
  ask: (prompt: string) => void,
): Promise<Record<Measure, number>> {
  const ended = new Promise<void>((resolve) => {
    over.next = resolve;
  });
  await page.evaluate(() => {
    const watched = window as unknown as Watched;
    watched.benchFrames = [];
    watched.benchArrivals = [];
  });
  const before = await busyMs();
  ask(`deltas ${deltas} at ${perSecond} from ${process.hrtime.bigint() + 200_000_000n}`);
  await ended;
  // A page that is behind has not shown it all yet when the turn is over.
  await page.getByText(lastWords).last().waitFor();
  const busy = (await busyMs()) - before;
  return { busy, ...drawnOf(await page.evaluate(() => (window as unknown as Watched).benchFrames)) };
}

async function barePage(context: BrowserContext, cli: string, script: string, parsed: boolean) {
  const server = await startFloor({ database: join(freshFolder('floor'), 'floor.db'), cli });
  const client = await SocketClient.connect(server);
  const run = async () => {
    // A fresh page each time, so that the answer before is not in it.
    const opened = await openPage(context, true);
    await opened.page.goto(server.said.url);
    await opened.page.evaluate(([url, isParsed]) => Object.assign(window, { benchUrl: url, benchParsed: isParsed }), [
      server.socketUrl,
      parsed,
    ] as const);
    await opened.page.addScriptTag({ content: script });
    await watchDrawing(opened.page);
    const found = await streamed(opened, (prompt) => client.send(JSON.stringify({ prompt: promptLine(prompt) })));
    await opened.page.close();
    return found;
  };
  return { run, stop: () => server.stop() };
}

async function appPage(context: BrowserContext, cli: string) {
  const home = freshFolder('home');
  const cwd = freshFolder('project');
  const sessionIds = sessionNames(rounds + 1);
  for (const session_id of sessionIds)
    fillSession(home, { session_id, cwd, title: 'Two thousand messages', messages, provider: 'claude' as ProviderId });
  const app = await openAppPage(context, home, { QUARTERDECK_CLAUDE_PATH: cli }, true);
  await watchDrawing(app.page);
  const run = async () => {
    const session_id = sessionIds.pop()!;
    await app.show(session_id);
    await app.page.getByText(`Question ${messages / 2}:`).waitFor();
    // What opening leaves for idle time is over then.
    await app.page.waitForTimeout(500);
    return streamed(app, (prompt) => void app.client.ask({ type: 'message', session_id, text: prompt }));
  };
  return { run, stop: () => app.server.stop() };
}

const browser = await launchChromium();
const textFile = join(freshFolder('text'), 'answer.md');
writeFileSync(textFile, answer);
const cli = makeStampingCli(textFile);
const script = await barePageScript('bare-page.tsx');
const names = {
  bare: 'bare React text node',
  app: 'app, session of 2,000 messages',
  naive: 'react-markdown on every frame',
};
const ways = {
  bare: await barePage(await browser.newContext(), cli, script, false),
  app: await appPage(await browser.newContext(), cli),
  naive: await barePage(await browser.newContext(), cli, script, true),
};
const cases = (['app', 'bare', 'naive'] as const).map(
  (way): Case<Measure> => ({ name: names[way], run: ways[way].run }),
);
const found = await interleave(cases, { rounds });
const of = (name: string, measure: Measure) => found.get(name)![measure];
report({
  name: 'page-stream',
  title: `Streaming: ${characters.toLocaleString('en')} characters of Markdown in 5-character deltas, ${perSecond} a second`,
  about:
    'Chromium, headless, 60 frames a second; one way after the other. Main thread: processor time of all its tasks from the message to the ' +
    'end of the turn, parsing frames, script, style and layout. A dropped frame is one in which the page drew nothing. The bare pages hear the CLI directly and show nothing but the answer.',
  ...tableOf(
    found,
    [
      { measure: 'busy', label: 'main thread ms', format: fixed(0) },
      { measure: 'worst', label: 'worst frame ms', format: fixed(1) },
      { measure: 'dropped', label: 'dropped frames', format: fixed(0) },
    ],
    names.bare,
    ['busy'],
  ),
  goals: [
    { what: 'main thread', ratio: medianRatio(of(names.app, 'busy'), of(names.bare, 'busy')), goal: 1.1 },
    {
      what: 'dropped frames',
      ratio: median(of(names.app, 'dropped')),
      goal: 0,
      unit: 'frames',
    },
  ],
  notes: [],
  rounds,
});
await browser.close();
for (const way of Object.values(ways)) await way.stop();
process.exit(0);
