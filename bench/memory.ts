/** What the app keeps in memory, idle and with sessions open. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cpuMs, memoryMb } from './harness/process-usage.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { addRound, type Measured } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { type Server, startApp, startFloor } from './harness/server-process.ts';
import { SocketClient } from './harness/socket-client.ts';
import { medianRatio } from './harness/statistics.ts';

const sessions = 8;
/** What is said in every session: prose, a folder, a file, a command with output. */
const prompts = ['help', 'list files', 'read notes.txt', 'run seq 200'];
/** An idle process is looked at after this long, milliseconds. */
const settleMs = 3000;

/** One conversation with the built-in guide, to its end, on a connection of its own that stays. */
async function converse(server: Server, folder: string): Promise<void> {
  const client = await SocketClient.connect(server);
  const { session_id } = await client.ask({ type: 'new_chat', cwd: folder, provider: 'demo', mode: 'full' });
  await client.ask({ type: 'attach', session_id, after_seq: 0 });
  for (const text of prompts) {
    const over = client.until((frame) => frame.startsWith('{"type":"events"') && frame.includes('"turn_end"'));
    await client.ask({ type: 'message', session_id, text });
    const end = await over;
    if (!end.includes('"completed"')) throw new Error(`"${text}" did not complete: ${end.slice(0, 2000)}`);
  }
}

/** One way of being a gateway: started, then used by as many clients. */
interface Way {
  name: string;
  start: () => Promise<Server>;
  use: (server: Server) => Promise<void>;
}

const ways: Way[] = [
  {
    name: 'floor',
    start: () => startFloor({ database: join(freshFolder('floor'), 'floor.db') }),
    use: async (server) => {
      for (let at = 0; at < sessions; at += 1) await SocketClient.connect(server);
    },
  },
  {
    name: 'app',
    start: () => startApp(freshFolder('home')),
    use: async (server) => {
      const folder = freshFolder('project');
      writeFileSync(join(folder, 'notes.txt'), 'A line of notes.\n'.repeat(200));
      await Promise.all(Array.from({ length: sessions }, () => converse(server, folder)));
    },
  },
];

type Measure = 'idle' | 'idlePrivate' | 'idleCpu' | 'open' | 'openPrivate';
const rounds = 4;
const found: Measured<Measure> = new Map();
for (let round = 0; round < rounds; round += 1) {
  // All of them run while they are looked at: what they share with each other (and with whatever else runs on this Node) is shared alike.
  const servers = await Promise.all(ways.map(({ start }) => start()));
  await wait(settleMs);
  const idle = servers.map(({ pid }) => memoryMb(pid));
  const cpuBefore = servers.map(({ pid }) => cpuMs(pid));
  await wait(settleMs);
  const idleCpu = servers.map(({ pid }, at) => ((cpuMs(pid) - cpuBefore[at]!) / settleMs) * 100);
  for (const [at, { use }] of ways.entries()) await use(servers[at]!);
  await wait(settleMs);
  const open = servers.map(({ pid }) => memoryMb(pid));
  for (const [at, { name }] of ways.entries()) {
    addRound(found, name, {
      idle: idle[at]!.pss,
      idlePrivate: idle[at]!.private,
      idleCpu: idleCpu[at]!,
      open: open[at]!.pss,
      openPrivate: open[at]!.private,
    });
  }
  for (const server of servers) await server.stop();
}
const names = { floor: 'floor', app: 'app' };
const of = (name: string, measure: 'idle' | 'open') => found.get(name)![measure];
const mb = fixed(1);
report({
  name: 'memory',
  title: `Memory (PSS, MB): idle, and with ${sessions} sessions open`,
  about:
    `The app: ${sessions} sessions of the built-in guide with ${prompts.length} turns each, each followed by a client of its own. The floor: ${sessions} clients and ` +
    'nothing else. PSS counts a page that n processes share as 1/n; Node itself is most of what is shared.',
  ...tableOf(
    found,
    [
      { measure: 'idle', label: 'idle', format: mb },
      { measure: 'idlePrivate', label: 'private', format: mb },
      { measure: 'idleCpu', label: 'idle CPU %', format: fixed(2) },
      { measure: 'open', label: `${sessions} open`, format: mb },
      { measure: 'openPrivate', label: 'private', format: mb },
    ],
    names.floor,
    ['idle', 'open'],
  ),
  goals: [
    { what: 'idle', ratio: medianRatio(of(names.app, 'idle'), of(names.floor, 'idle')), goal: 2 },
    { what: `${sessions} sessions open`, ratio: medianRatio(of(names.app, 'open'), of(names.floor, 'open')), goal: 2 },
  ],
  notes: [],
  rounds,
});
process.exit(0);
