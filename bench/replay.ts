/** Replaying a session to a client, next to SQLite without us. */
import { join } from 'node:path';
import { openDatabase } from '../main/storage/open-database.ts';
import { attachReplay, commitAll, hallOver, session_id } from './harness/log.ts';
import { bodyBytes, count, events, reference, timed } from './harness/long-session.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { interleave } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { startApp, startFloor } from './harness/server-process.ts';
import { SocketClient } from './harness/socket-client.ts';
import { median, medianRatio } from './harness/statistics.ts';

const select = reference.prepare<[string], { seq: number; body: string }>(
  'SELECT seq, body FROM events WHERE session_id = ? ORDER BY seq',
);
const warmHall = hallOver(reference);

/** Replays are short next to the time slices of a busy machine: a round is the median of several. */
const repeats = 9;

/** @param prepare - makes what is timed: one replay, which gives its size in bytes. */
async function replaying(prepare: () => () => number): Promise<{ ms: number }> {
  const ms: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const replay = prepare();
    let bytes = 0;
    ms.push(
      timed(() => {
        bytes = replay();
      }),
    );
    if (bytes < bodyBytes) throw new Error(`${bytes} of ${bodyBytes} bytes were replayed`);
  }
  return { ms: median(ms) };
}
const replayNames = {
  read: 'better-sqlite3: read the rows',
  parse: 'the same and JSON.parse',
  again: 'attach, session in memory',
  first: 'attach, first since the start',
};
const replayRounds = 15;
/** Everything that came, or nothing: then the bench is broken. */
const sizeOf = (events: readonly unknown[]): number => (events.length === count ? bodyBytes : 0);
const replayed = await interleave(
  [
    { name: replayNames.read, run: () => replaying(() => () => sizeOf(select.all(session_id))) },
    {
      name: replayNames.parse,
      run: () => replaying(() => () => sizeOf(select.all(session_id).map(({ body }) => JSON.parse(body)))),
    },
    { name: replayNames.again, run: () => replaying(() => () => attachReplay(warmHall)) },
    {
      name: replayNames.first,
      run: () =>
        replaying(() => {
          const hall = hallOver(reference);
          return () => attachReplay(hall);
        }),
    },
  ],
  { rounds: replayRounds, warmUps: 3 },
);
const replayMs = (name: string) => replayed.get(name)!.ms;
report({
  name: 'replay',
  title: `Attach-replay: ${count.toLocaleString('en')} events through the hall to a client in memory`,
  about:
    'The floor reads all rows with one statement. The app answers `attach` with frames of up to 64 events, written out as UTF-8. ' +
    'The first attach since the start finds no session in memory.',
  ...tableOf(replayed, [{ measure: 'ms', label: 'ms', format: fixed(1) }], replayNames.read, ['ms']),
  goals: [
    { what: 'attach', ratio: medianRatio(replayMs(replayNames.again), replayMs(replayNames.read)), goal: 1.5 },
    { what: 'first attach', ratio: medianRatio(replayMs(replayNames.first), replayMs(replayNames.read)), goal: 1.5 },
  ],
  notes: [],
  rounds: replayRounds,
});
reference.close();

const home = freshFolder('home');
const served = openDatabase(join(home, 'quarterdeck.db'));
commitAll(served, events, 100);
served.close();

/** From asking to the frame that says everything was sent, by a client in another process. */
async function overSocket(client: SocketClient, ask: () => void): Promise<number> {
  let bytes = 0;
  client.onFrame = (frame) => {
    bytes += frame.length;
  };
  const startedAt = performance.now();
  const attached = client.until((frame) => frame.startsWith('{"type":"attached"'));
  ask();
  await attached;
  const ms = performance.now() - startedAt;
  if (bytes < bodyBytes) throw new Error(`${bytes} of ${bodyBytes} bytes came over the socket`);
  return ms;
}
const floorDatabase = join(home, 'quarterdeck.db');
const socketNames = { floor: 'floor: read the rows, ws.send', app: 'app' };
const socketRounds = 9;
const overSockets = await interleave(
  [
    {
      name: socketNames.floor,
      run: async () => {
        const server = await startFloor({ database: floorDatabase });
        const client = await SocketClient.connect(server);
        const ask = () => client.send(JSON.stringify({ replay: session_id }));
        const first = await overSocket(client, ask);
        const again = await overSocket(client, ask);
        await client.close();
        await server.stop();
        return { first, again };
      },
    },
    {
      name: socketNames.app,
      run: async () => {
        const server = await startApp(home);
        const client = await SocketClient.connect(server);
        const ask = () => void client.ask({ type: 'attach', session_id, after_seq: 0 });
        const first = await overSocket(client, ask);
        const again = await overSocket(client, ask);
        await client.close();
        await server.stop();
        return { first, again };
      },
    },
  ],
  { rounds: socketRounds },
);
const socketMs = (name: string, measure: 'first' | 'again') => overSockets.get(name)![measure];
report({
  name: 'replay',
  title: `Attach-replay: ${count.toLocaleString('en')} events over the WebSocket to another process`,
  about: 'Both servers were just started: the first replay is the first thing they do, the second one follows it.',
  ...tableOf(
    overSockets,
    [
      { measure: 'first', label: 'first ms', format: fixed(1) },
      { measure: 'again', label: 'again ms', format: fixed(1) },
    ],
    socketNames.floor,
    ['first', 'again'],
  ),
  goals: [
    {
      what: 'first replay',
      ratio: medianRatio(socketMs(socketNames.app, 'first'), socketMs(socketNames.floor, 'first')),
      goal: 1.5,
    },
    {
      what: 'second replay',
      ratio: medianRatio(socketMs(socketNames.app, 'again'), socketMs(socketNames.floor, 'again')),
      goal: 1.5,
    },
  ],
  notes: [],
  rounds: socketRounds,
});
process.exit(0);
