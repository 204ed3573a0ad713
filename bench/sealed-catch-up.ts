/** From nothing to caught up: a sealed client connects, proves itself and gets what it missed. */
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { openDatabase } from '../main/storage/open-database.ts';
import { commitAll, session_id } from './harness/log.ts';
import { bodyBytes, count, events, reference } from './harness/long-session.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { interleave } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { startApp, startFloor } from './harness/server-process.ts';
import { type SealedDoor, SocketClient, sealedDoor } from './harness/socket-client.ts';
import { median } from './harness/statistics.ts';

reference.close();
const home = freshFolder('home');
const database = join(home, 'quarterdeck.db');
const served = openDatabase(database);
commitAll(served, events, 100);
served.close();

const app = await startApp(home);
const floor = await startFloor({ database });
const door = await sealedDoor(app);
const missed = 1_000;

/** @returns milliseconds from the call to the frame that says everything was sent. */
async function sealedCatchUp(to: SealedDoor, after: number): Promise<number> {
  const startedAt = performance.now();
  let bytes = 0;
  let over = () => {};
  const attached = new Promise<void>((resolve) => {
    over = resolve;
  });
  const client = await SocketClient.connectSealed(to, { [session_id]: after }, (frame) => {
    bytes += frame.length;
    if (frame.startsWith('{"type":"attached"')) over();
  });
  await attached;
  const ms = performance.now() - startedAt;
  await client.close();
  if (after === 0 && bytes < bodyBytes) throw new Error(`${bytes} of ${bodyBytes} bytes came`);
  return ms;
}

async function plainCatchUp(socketUrl: string, headers: Record<string, string>, ask: object): Promise<number> {
  const startedAt = performance.now();
  const socket = new WebSocket(socketUrl, { headers, perMessageDeflate: false });
  socket.once('open', () => socket.send(JSON.stringify(ask)));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.on('message', (data) => {
      if (data.toString().startsWith('{"type":"attached"')) resolve();
    });
  });
  const ms = performance.now() - startedAt;
  socket.terminate();
  return ms;
}

let asked = 0;
const attach = (after_seq: number) => {
  asked += 1;
  return { type: 'attach', command_id: `catch-up-${process.pid}-${asked}`, session_id, after_seq };
};
const names = { floor: 'floor: read the rows, ws.send', plain: 'app, plain door', sealed: 'app, sealed door' };
const rounds = 15;
const found = await interleave<'all' | 'some'>(
  [
    {
      name: names.floor,
      run: async () => ({
        all: await plainCatchUp(floor.socketUrl, {}, { replay: session_id }),
        some: Number.NaN,
      }),
    },
    {
      name: names.plain,
      run: async () => ({
        all: await plainCatchUp(app.socketUrl, app.headers, attach(0)),
        some: await plainCatchUp(app.socketUrl, app.headers, attach(count - missed)),
      }),
    },
    {
      name: names.sealed,
      run: async () => ({ all: await sealedCatchUp(door, 0), some: await sealedCatchUp(door, count - missed) }),
    },
  ],
  { rounds, warmUps: 2 },
);
const seconds = (ms: number[]) => median(ms) / 1_000;
const sealed = found.get(names.sealed)!;
report({
  name: 'sealed-catch-up',
  title: `Caught up: a new connection to the last of ${count.toLocaleString('en')} events, and of ${missed.toLocaleString('en')}`,
  about:
    'From the first packet to `attached`: the upgrade, the handshake, the credential, and every event the client did not have, opened with libsodium.',
  ...tableOf(
    found,
    [
      { measure: 'all', label: `${count.toLocaleString('en')} ms`, format: fixed(1) },
      { measure: 'some', label: `${missed.toLocaleString('en')} ms`, format: fixed(1) },
    ],
    names.floor,
    ['all'],
  ),
  goals: [
    {
      what: `for each 1,000 of ${count.toLocaleString('en')} events`,
      ratio: seconds(sealed.all) / (count / 1_000),
      goal: 0.1,
      unit: 's',
    },
    { what: 'connected and caught up with 1,000 events', ratio: seconds(sealed.some), goal: 0.1, unit: 's' },
  ],
  notes: [],
  rounds,
});
await app.stop();
await floor.stop();
process.exit(0);
