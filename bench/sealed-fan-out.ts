/** One busy session, followed by 1, 100 and 1,000 clients of the sealed door. */
import { join } from 'node:path';
import { type Followers, Followers as FollowersOf, floorDoor, plainDoor, sealedDoorOf } from './harness/followers.ts';
import { cpuMs } from './harness/process-usage.ts';
import { fixed, type Report, report, tableOf } from './harness/report.ts';
import { interleave } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { type Server, startApp, startFloor } from './harness/server-process.ts';
import { SocketClient } from './harness/socket-client.ts';
import { makeStampingCli, promptLine } from './harness/stamping-cli.ts';
import { medianRatio } from './harness/statistics.ts';

const cli = makeStampingCli();
const names = { floor: 'floor: ws.send', plain: 'app, plain door', sealed: 'app, sealed door' };

interface Way {
  name: string;
  server: Server;
  followers: Followers;
  prompt: (text: string) => void;
}

async function floorWay(clients: number): Promise<Way> {
  const server = await startFloor({ database: join(freshFolder('floor'), 'floor.db'), cli });
  const followers = await FollowersOf.start(floorDoor(server), clients);
  const teller = await SocketClient.connect(server);
  return {
    name: names.floor,
    server,
    followers,
    prompt: (text) => teller.send(JSON.stringify({ prompt: promptLine(text) })),
  };
}

async function appWay(name: string, clients: number, door: typeof sealedDoorOf | typeof plainDoor): Promise<Way> {
  const server = await startApp(freshFolder('home'), { QUARTERDECK_CLAUDE_PATH: cli });
  const teller = await SocketClient.connect(server);
  const { session_id } = await teller.ask({ type: 'new_chat', cwd: freshFolder('project'), provider: 'claude' });
  const followers = await FollowersOf.start(await door(server, session_id!), clients);
  return { name, server, followers, prompt: (text) => void teller.ask({ type: 'message', session_id, text }) };
}

type Measure = 'framesPerS' | 'deltasPerS' | 'framesPerDelta' | 'cpuPerFrame' | 'p50' | 'p99';

/** One turn of so many deltas. A delta that was lost or doubled on the way breaks the bench. */
async function oneTurn({ server, followers, prompt, name }: Way, deltas: number, rate: number | null) {
  const from = process.hrtime.bigint() + 100_000_000n;
  const cpuBefore = cpuMs(server.pid);
  const seen = await followers.turn(() =>
    prompt(rate === null ? `deltas ${deltas} flat out` : `deltas ${deltas} at ${rate} from ${from}`),
  );
  const cpu = cpuMs(server.pid) - cpuBefore;
  const expected = deltas * followers.count;
  if (seen.deltas !== expected) throw new Error(`${name}: ${seen.deltas} of ${expected} deltas arrived`);
  return {
    framesPerS: seen.frames / seen.seconds,
    deltasPerS: seen.deltas / seen.seconds,
    framesPerDelta: seen.frames / seen.deltas,
    cpuPerFrame: (cpu * 1000) / seen.frames,
    p50: seen.p50 / 1000,
    p99: seen.p99 / 1000,
  } satisfies Record<Measure, number>;
}

const columns = [
  { measure: 'framesPerS', label: 'frames/s', format: fixed(0) },
  { measure: 'deltasPerS', label: 'deltas/s', format: fixed(0) },
  { measure: 'framesPerDelta', label: 'frames/delta', format: fixed(3) },
  { measure: 'cpuPerFrame', label: 'CPU us/frame', format: fixed(1) },
  { measure: 'p50', label: 'p50 ms', format: fixed(2) },
  { measure: 'p99', label: 'p99 ms', format: fixed(2) },
] as const satisfies { measure: Measure; label: string; format: (value: number) => string }[];

const cases = [
  { clients: 1, rate: 100, paced: 200, flat: 20_000, rounds: 5 },
  { clients: 100, rate: 50, paced: 100, flat: 1_500, rounds: 5 },
  { clients: 1_000, rate: 10, paced: 20, flat: 150, rounds: 5 },
];

for (const { clients, rate, paced, flat, rounds } of cases) {
  const ways = [
    await floorWay(clients),
    await appWay(names.plain, clients, plainDoor),
    await appWay(names.sealed, clients, sealedDoorOf),
  ];
  const measure = (deltas: number, at: number | null) =>
    interleave(
      ways.map((way) => ({ name: way.name, run: () => oneTurn(way, deltas, at) })),
      { rounds },
    );
  const say = (title: string, about: string, rest: Pick<Report, 'columns' | 'rows' | 'goals'>) =>
    report({ name: 'sealed-fan-out', title, about, notes: [], rounds, ...rest });
  const many = clients.toLocaleString('en');

  const steady = await measure(paced, rate);
  say(
    `${many} ${clients === 1 ? 'client' : 'clients'}, ${rate} deltas/s: every delta is a frame of its own`,
    'A stand-in for the claude CLI stamps every delta of 21 characters. The floor sends each of its lines to every client by `ws.send`; the app ' +
      'understands it, keeps it, and sends a delta frame, by its plain door or sealed for each client. The clients are in one process of their own and ' +
      "open what is sealed with libsodium. CPU is the server's, everything it does included; times are from the CLI's write to the arrival at each client.",
    {
      ...tableOf(steady, columns, names.floor, ['cpuPerFrame', 'p50']),
      goals:
        clients === 1
          ? []
          : [
              {
                what: "frames for one second of the server's processor time",
                ratio: medianRatio(steady.get(names.floor)!.cpuPerFrame, steady.get(names.sealed)!.cpuPerFrame),
                goal: 0.7,
                at: 'least',
              },
            ],
    },
  );

  const busy = await measure(flat, null);
  say(
    `${many} ${clients === 1 ? 'client' : 'clients'}, ${flat.toLocaleString('en')} deltas as fast as the CLI writes`,
    'The same under more than it can take: the floor queues a frame for every delta, the app merges what came meanwhile.',
    {
      ...tableOf(busy, columns, names.floor, ['framesPerS', 'deltasPerS']),
      goals:
        clients === 1
          ? []
          : [
              {
                what: 'deltas that arrive in a second, merged under load',
                ratio: medianRatio(busy.get(names.sealed)!.deltasPerS, busy.get(names.floor)!.deltasPerS),
                goal: 3,
                at: 'least',
              },
            ],
    },
  );
  for (const { followers, server } of ways) {
    followers.kill();
    await server.stop();
  }
}
process.exit(0);
