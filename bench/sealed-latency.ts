/** From a CLI's write of one delta to its arrival, opened, at a client of the sealed door; and an echo. */
import { fixed, report, tableOf } from './harness/report.ts';
import { addRound, interleave, type Measured } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { startApp, startFloor } from './harness/server-process.ts';
import { SocketClient, sealedDoor } from './harness/socket-client.ts';
import { Delays, makeStampingCli } from './harness/stamping-cli.ts';
import { medianRatio, percentile } from './harness/statistics.ts';
import { app, floor } from './harness/ways.ts';

const cli = makeStampingCli();
const names = { floor: 'floor: readline + ws.send', plain: 'app, plain door', sealed: 'app, sealed door' };
const bySealed = async (server: Parameters<typeof sealedDoor>[0]) =>
  SocketClient.connectSealed(await sealedDoor(server));
const ways = new Map([
  [names.floor, await floor(cli)],
  [names.plain, await app(cli)],
  [names.sealed, await app(cli, bySealed)],
]);
const paced = { deltas: 300, perSecond: 100, rounds: 11 };
const found: Measured<'p50' | 'p99'> = new Map();
for (let round = -1; round < paced.rounds; round += 1) {
  const from = process.hrtime.bigint() + 200_000_000n;
  const stepNs = 1e9 / paced.perSecond / ways.size;
  await Promise.all(
    [...ways].map(async ([name, way], at) => {
      const delays = new Delays();
      const turn = `deltas ${paced.deltas} at ${paced.perSecond} from ${from + BigInt(Math.round(stepNs * at))}`;
      await way.turn(turn, delays);
      if (delays.us.length !== paced.deltas) throw new Error(`${name}: ${delays.us.length} deltas arrived`);
      if (round < 0) return;
      addRound(found, name, { p50: percentile(delays.us, 0.5), p99: percentile(delays.us, 0.99) });
    }),
  );
}
const us = fixed(0);
report({
  name: 'sealed-latency',
  title: `Sealed delta: the CLI's write to the client that opened it, ${paced.perSecond} deltas/s`,
  about:
    'As `delta-overhead`: all three at once, a delta of each in turn. The sealed client opens frames with libsodium before it reads the clock.',
  ...tableOf(
    found,
    [
      { measure: 'p50', label: 'p50 us', format: us },
      { measure: 'p99', label: 'p99 us', format: us },
    ],
    names.plain,
    ['p50', 'p99'],
  ),
  goals: [
    {
      what: 'sealed to plain, p50',
      ratio: medianRatio(found.get(names.sealed)!.p50, found.get(names.plain)!.p50),
      goal: 1.2,
    },
  ],
  notes: [],
  rounds: paced.rounds,
});
for (const way of ways.values()) await way.stop();

const server = await startApp(freshFolder('home'));
const bare = await startFloor({ database: `${freshFolder('floor')}/floor.db` });
const clients = new Map([
  ['floor: ws echo', await SocketClient.connect(bare)],
  [names.plain, await SocketClient.connect(server)],
  [names.sealed, await bySealed(server)],
]);
let pings = 0;
const echoes = 500;
async function roundTrips(client: SocketClient): Promise<{ p50: number; p99: number }> {
  const took: number[] = [];
  for (let at = 0; at < echoes; at += 1) {
    pings += 1;
    const command_id = `ping-${process.pid}-${pings}`;
    const answered = client.until((frame) => frame.includes(command_id));
    const sentAt = process.hrtime.bigint();
    client.send(JSON.stringify({ type: 'ping', command_id }));
    await answered;
    took.push(Number(process.hrtime.bigint() - sentAt) / 1000);
  }
  return { p50: percentile(took, 0.5), p99: percentile(took, 0.99) };
}
const rounds = 7;
const echoed = await interleave(
  [...clients].map(([name, client]) => ({ name, run: () => roundTrips(client) })),
  { rounds },
);
report({
  name: 'sealed-latency',
  title: `Round trip: \`ping\` and its answer, ${echoes} one after the other`,
  about:
    'The floor sends the frame back as it came. The app reads it, checks it against the schema and the scopes, and answers.',
  ...tableOf(
    echoed,
    [
      { measure: 'p50', label: 'p50 us', format: us },
      { measure: 'p99', label: 'p99 us', format: us },
    ],
    'floor: ws echo',
    ['p50', 'p99'],
  ),
  goals: [],
  notes: [],
  rounds,
});
process.exit(0);
