/** From the spawn of the process to its listening line. */
import { join } from 'node:path';
import { cpuMs } from './harness/process-usage.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { interleave } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { type Server, startApp, startFloor } from './harness/server-process.ts';
import { medianRatio } from './harness/statistics.ts';

const rounds = 15;

async function measured(starting: Promise<Server>): Promise<{ ms: number; cpu: number }> {
  const server = await starting;
  const cpu = cpuMs(server.pid);
  await server.stop();
  return { ms: server.readyMs, cpu };
}

const used = freshFolder('used-home');
const database = () => join(freshFolder('floor'), 'floor.db');

const names = {
  floor: 'floor: http + ws + SQLite',
  second: 'app, home that exists',
  first: 'app, fresh home',
  uncompiled: 'app, fresh home, no compile cache',
};
const found = await interleave(
  [
    { name: names.floor, run: () => measured(startFloor({ database: database() })) },
    { name: names.second, run: () => measured(startApp(used)) },
    { name: names.first, run: () => measured(startApp(freshFolder('home'))) },
    {
      name: names.uncompiled,
      run: () => measured(startApp(freshFolder('home'), { NODE_DISABLE_COMPILE_CACHE: '1' })),
    },
  ],
  { rounds, warmUps: 2 },
);

const ms = (name: string) => found.get(name)!.ms;
report({
  name: 'cold-start',
  title: 'Cold start: `headless.js --port 0 --json` to its listening line',
  about:
    'The floor opens a database in WAL, an HTTP server and a WebSocket server and does nothing else. The app does the same, and takes its lock, ' +
    'makes the owner token, brings the schema up to date and settles what a killed run left.',
  ...tableOf(
    found,
    [
      { measure: 'ms', label: 'ms', format: fixed(0) },
      { measure: 'cpu', label: 'CPU ms', format: fixed(0) },
    ],
    names.floor,
    ['ms'],
  ),
  goals: [
    { what: 'second start', ratio: medianRatio(ms(names.second), ms(names.floor)), goal: 3 },
    { what: 'first start', ratio: medianRatio(ms(names.first), ms(names.floor)), goal: 3 },
    { what: 'first start after a build', ratio: medianRatio(ms(names.uncompiled), ms(names.floor)), goal: 3 },
  ],
  notes: [],
  rounds,
});
