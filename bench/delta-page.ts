/** From a CLI's write of one delta to its arrival in a page of Chromium: the app's own page, and a bare one on the floor's gateway. */
import { join } from 'node:path';
import type { BrowserContext } from 'playwright';
import { openAppPage } from './harness/app-page.ts';
import { launchChromium } from './harness/chromium.ts';
import { pageClockOffsetNs } from './harness/page-clock.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { addRound, type Measured } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { startFloor } from './harness/server-process.ts';
import { SocketClient } from './harness/socket-client.ts';
import {
  Delays,
  finishedTextOfFrame,
  makeStampingCli,
  promptLine,
  textOfFrame,
  textOfLine,
} from './harness/stamping-cli.ts';
import { medianRatio, percentile } from './harness/statistics.ts';
import { type Opened, openPage, type Watched } from './harness/watched-page.ts';

interface Way {
  /** @returns how long the page's main thread was busy meanwhile, milliseconds. */
  turn(prompt: string, delays: Delays): Promise<number>;
  stop(): Promise<unknown>;
}

/** Lets `ask` begin a turn, and reads from the page how its deltas came in. @returns how long its main thread was busy, milliseconds. */
async function watchedTurn(
  { page, over, busyMs }: Opened,
  ask: () => void,
  read: (frame: string, at: bigint, delays: Delays) => void,
  delays: Delays,
): Promise<number> {
  const offset = await pageClockOffsetNs(page);
  await page.evaluate(() => {
    (window as unknown as Watched).benchArrivals = [];
  });
  const ended = new Promise<void>((resolve) => {
    over.next = resolve;
  });
  const busyBefore = await busyMs();
  ask();
  await ended;
  const busy = (await busyMs()) - busyBefore;
  const arrivals = await page.evaluate(() => (window as unknown as Watched).benchArrivals);
  for (const [at, frame] of arrivals) read(frame, BigInt(Math.round(at * 1e6 + offset)), delays);
  return busy;
}

/** A page that does nothing but show the text: a text node that grows once a frame. */
async function floorPage(context: BrowserContext, cli: string): Promise<Way> {
  const server = await startFloor({ database: join(freshFolder('floor'), 'floor.db'), cli });
  const opened = await openPage(context, true);
  await opened.page.goto(server.said.url);
  await opened.page.evaluate((url) => {
    const text = document.body.appendChild(document.createElement('pre')).appendChild(new Text(''));
    let waiting = '';
    new WebSocket(url).onmessage = ({ data }) => {
      const line = JSON.parse(data) as { event?: { delta?: { text?: string } } };
      if (waiting === '') {
        requestAnimationFrame(() => {
          text.appendData(waiting);
          waiting = '';
        });
      }
      waiting += line.event?.delta?.text ?? '';
    };
  }, server.socketUrl);
  const client = await SocketClient.connect(server);
  const read = (frame: string, at: bigint, delays: Delays) => {
    const text = textOfLine(frame);
    if (text !== undefined) delays.add(text, at);
  };
  return {
    turn: (prompt, delays) =>
      watchedTurn(opened, () => client.send(JSON.stringify({ prompt: promptLine(prompt) })), read, delays),
    stop: () => server.stop(),
  };
}

async function appPage(context: BrowserContext, cli: string): Promise<Way> {
  const app = await openAppPage(context, freshFolder('home'), { QUARTERDECK_CLAUDE_PATH: cli }, true);
  const { session_id } = await app.client.ask({ type: 'new_chat', cwd: freshFolder('project'), provider: 'claude' });
  await app.show(session_id!);
  const read = (frame: string, at: bigint, delays: Delays) => {
    const text = textOfFrame(frame);
    if (text !== undefined) delays.add(text, at);
    const finished = finishedTextOfFrame(frame);
    if (finished !== undefined) delays.addRest(finished, at);
  };
  return {
    turn: (prompt, delays) =>
      watchedTurn(app, () => void app.client.ask({ type: 'message', session_id, text: prompt }), read, delays),
    stop: () => app.server.stop(),
  };
}

const browser = await launchChromium();
const cli = makeStampingCli();
const names = { floor: 'floor and a bare page', app: 'app and its page' };
const ways = new Map([
  [names.floor, await floorPage(await browser.newContext(), cli)],
  [names.app, await appPage(await browser.newContext(), cli)],
]);

const paced = { deltas: 300, perSecond: 100, rounds: 5 };
const found: Measured<'p50' | 'p99' | 'frames' | 'busy'> = new Map();
for (let round = -1; round < paced.rounds; round += 1) {
  // In turn within each 10 ms, as in delta-overhead. Finding out where the page's clock stands comes first, so the start lies further ahead.
  const from = process.hrtime.bigint() + 1_500_000_000n;
  await Promise.all(
    [...ways].map(async ([name, way], at) => {
      const delays = new Delays();
      const start = from + BigInt(Math.round((1e9 / paced.perSecond / ways.size) * at));
      const busy = await way.turn(`deltas ${paced.deltas} at ${paced.perSecond} from ${start}`, delays);
      if (delays.us.length !== paced.deltas) throw new Error(`${name}: ${delays.us.length} of ${paced.deltas} arrived`);
      if (round < 0) return;
      addRound(found, name, {
        p50: percentile(delays.us, 0.5),
        p99: percentile(delays.us, 0.99),
        frames: delays.frames / paced.deltas,
        busy: busy / paced.deltas,
      });
    }),
  );
}
const of = (name: string, measure: 'p50' | 'p99') => found.get(name)![measure];
report({
  name: 'delta-page',
  title: `Delta: the CLI's write to the frame's arrival in a page of Chromium, ${paced.perSecond} deltas/s`,
  about:
    'Chromium, headless. The app shows the streaming answer as Markdown in its own page; the bare page appends the text to one text node, once a ' +
    'frame. Arrival is the first `message` listener of the WebSocket; a page that is busy rendering hears later.',
  ...tableOf(
    found,
    [
      { measure: 'p50', label: 'p50 us', format: fixed(0) },
      { measure: 'p99', label: 'p99 us', format: fixed(0) },
      { measure: 'frames', label: 'frames/delta', format: fixed(2) },
      { measure: 'busy', label: 'page ms/delta', format: fixed(2) },
    ],
    names.floor,
    ['p50', 'p99'],
  ),
  goals: [
    { what: 'p50', ratio: medianRatio(of(names.app, 'p50'), of(names.floor, 'p50')), goal: 1.5 },
    { what: 'p99', ratio: medianRatio(of(names.app, 'p99'), of(names.floor, 'p99')), goal: 2 },
  ],
  notes: ['the clock of a page is known to about 0.05 ms'],
  rounds: paced.rounds,
});
await browser.close();
for (const way of ways.values()) await way.stop();
process.exit(0);
