/** From a CLI's write of one delta to its arrival at a client. */
import { cpuMs } from './harness/process-usage.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { addRound, interleave, type Measured } from './harness/rounds.ts';
import { Delays, makeStampingCli } from './harness/stamping-cli.ts';
import { medianRatio, percentile } from './harness/statistics.ts';
import { app, direct, floor } from './harness/ways.ts';

const cli = makeStampingCli();
const ways = new Map([
  ['CLI read directly', direct(cli)],
  ['floor: readline + ws.send', await floor(cli)],
  ['app', await app(cli)],
]);
const [directly, floorName, appName] = [...ways.keys()] as [string, string, string];

/** A turn that was lost or doubled on the way is a broken bench, not a slow one. */
function complete(delays: Delays, count: number, way: string): void {
  if (delays.us.length !== count) throw new Error(`${way}: ${delays.us.length} of ${count} deltas arrived`);
}

const paced = { deltas: 400, perSecond: 100, rounds: 11 };
const pooled = new Map<string, number[]>();
const pacedFound: Measured<'p50' | 'p99' | 'cpu'> = new Map();

/**
 * One turn of every way at the same time, their deltas in turn: with three ways and 100 deltas/s one writes every 3.3 ms, A B C A B C. What the
 * machine does meanwhile falls on all of them, as it would not on turns of seconds one after the other.
 */
async function pacedRound(round: number): Promise<void> {
  const from = process.hrtime.bigint() + 200_000_000n;
  const stepNs = 1e9 / paced.perSecond / ways.size;
  const turns = [...ways].map(async ([name, way], at) => {
    const delays = new Delays();
    const cpuBefore = way.pid === null ? Number.NaN : cpuMs(way.pid);
    await way.turn(
      `deltas ${paced.deltas} at ${paced.perSecond} from ${from + BigInt(Math.round(stepNs * at))}`,
      delays,
    );
    const cpu = way.pid === null ? Number.NaN : cpuMs(way.pid) - cpuBefore;
    complete(delays, paced.deltas, name);
    if (round < 0) return;
    pooled.set(name, [...(pooled.get(name) ?? []), ...delays.us]);
    addRound(pacedFound, name, {
      p50: percentile(delays.us, 0.5),
      p99: percentile(delays.us, 0.99),
      cpu: (cpu * 1000) / paced.deltas,
    });
  });
  await Promise.all(turns);
}
for (let round = -1; round < paced.rounds; round += 1) await pacedRound(round);

const all = (name: string, p: number) => percentile(pooled.get(name)!, p);
const of = (name: string, measure: 'p50' | 'p99' | 'cpu') => pacedFound.get(name)![measure];
const us = fixed(0);
report({
  name: 'delta-overhead',
  title: `Delta: the CLI's write to the client's WebSocket, ${paced.perSecond} deltas/s of 21 characters`,
  about:
    'A stand-in for the claude CLI stamps every delta with the time of its write. `CLI read directly`: readline on its stdout. The floor forwards ' +
    'every line as it is. The app understands it, keeps the open item, checkpoints it to disk every 100 ms and sends one delta frame. CPU is that ' +
    'of the process between CLI and client. All three run at once, a delta of each in turn, 3.3 ms apart.',
  ...tableOf(
    pacedFound,
    [
      { measure: 'p50', label: 'p50 us', format: us },
      { measure: 'p99', label: 'p99 us', format: us },
      { measure: 'cpu', label: 'CPU us/delta', format: us },
    ],
    floorName,
    ['p50', 'p99', 'cpu'],
  ),
  goals: [
    { what: 'p50', ratio: medianRatio(of(appName, 'p50'), of(floorName, 'p50')), goal: 1.5 },
    { what: 'p99', ratio: medianRatio(of(appName, 'p99'), of(floorName, 'p99')), goal: 2 },
  ],
  notes: [
    `all rounds pooled, p50 / p99 us: ${[...ways.keys()].map((name) => `${name} ${us(all(name, 0.5))} / ${us(all(name, 0.99))}`).join('; ')}`,
    `the app against the CLI read directly: p50 ${medianRatio(of(appName, 'p50'), of(directly, 'p50')).toFixed(2)}x, p99 ${medianRatio(of(appName, 'p99'), of(directly, 'p99')).toFixed(2)}x`,
  ],
  rounds: paced.rounds,
});

const flat = { deltas: 20_000, rounds: 5 };
const flatFound = await interleave(
  [...ways].map(([name, way]) => ({
    name,
    run: async () => {
      const delays = new Delays();
      const cpuBefore = way.pid === null ? Number.NaN : cpuMs(way.pid);
      await way.turn(`deltas ${flat.deltas} flat out`, delays);
      const cpu = way.pid === null ? Number.NaN : cpuMs(way.pid) - cpuBefore;
      complete(delays, flat.deltas, name);
      return {
        us: 1e6 / delays.rate,
        p99: percentile(delays.us, 0.99) / 1000,
        cpu: (cpu * 1000) / flat.deltas,
        frames: delays.frames / flat.deltas,
      };
    },
  })),
  { rounds: flat.rounds },
);
report({
  name: 'delta-overhead',
  title: `Delta: ${flat.deltas.toLocaleString('en')} deltas as fast as the CLI writes`,
  about: 'The same with a CLI that never waits: how much the app can take, and how far behind a client gets.',
  ...tableOf(
    flatFound,
    [
      { measure: 'us', label: 'us/delta', format: fixed(1) },
      { measure: 'p99', label: 'p99 ms', format: fixed(1) },
      { measure: 'cpu', label: 'CPU us/delta', format: fixed(1) },
      { measure: 'frames', label: 'frames/delta', format: fixed(3) },
    ],
    floorName,
    ['us', 'cpu'],
  ),
  goals: [
    { what: 'time per delta', ratio: medianRatio(flatFound.get(appName)!.us, flatFound.get(floorName)!.us), goal: 2 },
  ],
  notes: [],
  rounds: flat.rounds,
});
for (const way of ways.values()) await way.stop();
process.exit(0);
