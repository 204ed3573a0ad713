/** What a sealed client costs the server's memory: idle, and when it stops reading. */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Followers, floorDoor, plainDoor, sealedDoorOf } from './harness/followers.ts';
import { memoryMb } from './harness/process-usage.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { addRound, type Measured } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { type Server, startApp, startFloor } from './harness/server-process.ts';
import { SocketClient } from './harness/socket-client.ts';
import { makeStampingCli, promptLine } from './harness/stamping-cli.ts';
import { median } from './harness/statistics.ts';

const cli = makeStampingCli();
const idle = 1_000;
const stalled = 20;
/** Deltas while they do not read: far more than the system's own buffers hold for each of them. */
const deltas = 60_000;
const rounds = 3;
const settleMs = 2_000;
const names = { floor: 'floor: ws', plain: 'app, plain door', sealed: 'app, sealed door' };

type Say = (text: string) => Promise<void>;

async function floor() {
  const server = await startFloor({ database: join(freshFolder('floor'), 'floor.db'), cli });
  const teller = await SocketClient.connect(server);
  const say: Say = async (text) => {
    const over = teller.until((frame) => frame.startsWith('{"type":"result"'));
    teller.send(JSON.stringify({ prompt: promptLine(text) }));
    await over;
  };
  return { server, door: floorDoor(server), say };
}

async function app(door: typeof plainDoor | typeof sealedDoorOf) {
  const server = await startApp(freshFolder('home'), { QUARTERDECK_CLAUDE_PATH: cli });
  const teller = await SocketClient.connect(server);
  const { session_id } = await teller.ask({ type: 'new_chat', cwd: freshFolder('project'), provider: 'claude' });
  await teller.ask({ type: 'attach', session_id, after_seq: 0 });
  const say: Say = async (text) => {
    const over = teller.until((frame) => frame.startsWith('{"type":"events"') && frame.includes('"turn_end"'));
    await teller.ask({ type: 'message', session_id, text });
    await over;
  };
  return { server, door: await door(server, session_id!), say };
}

const kb = (server: Server) => memoryMb(server.pid).private * 1024;

type Measure = 'idle' | 'stalled';
const found: Measured<Measure> = new Map();
for (let round = 0; round < rounds; round += 1) {
  for (const [name, start] of [
    [names.floor, floor],
    [names.plain, () => app(plainDoor)],
    [names.sealed, () => app(sealedDoorOf)],
  ] as const) {
    const { server, door, say } = await start();
    // What the first clients and the first turn need is needed once.
    const first = await Followers.start(door, 20);
    await say(`deltas ${deltas} flat out`);
    await first.stop();
    await wait(settleMs);
    const before = kb(server);
    const many = await Followers.start(door, idle);
    await wait(settleMs);
    const perIdle = (kb(server) - before) / idle;
    await many.stop();
    await wait(settleMs);
    const few = await Followers.start(door, stalled);
    await few.stall();
    const quiet = kb(server);
    await say(`deltas ${deltas} flat out`);
    await wait(settleMs);
    const perStalled = (kb(server) - quiet) / stalled;
    few.kill();
    await server.stop();
    addRound(found, name, { idle: perIdle, stalled: perStalled });
  }
}
report({
  name: 'sealed-idle-memory',
  title: `Memory for each client (private, KB): ${idle.toLocaleString('en')} idle, and ${stalled} that do not read while ${deltas.toLocaleString('en')} deltas come`,
  about:
    'Growth of the server, divided by the clients. What the kernel holds for a socket is not in it. A floor queues every line for who does not read; the app ' +
    'stops sending at 64 KB and sends the rest from the log when the client reads again.',
  ...tableOf(
    found,
    [
      { measure: 'idle', label: 'idle KB', format: fixed(1) },
      { measure: 'stalled', label: 'stalled KB', format: fixed(0) },
    ],
    names.floor,
    ['idle', 'stalled'],
  ),
  goals: [
    { what: 'an idle client', ratio: median(found.get(names.sealed)!.idle), goal: 100, unit: 'KB' },
    { what: 'a stalled client', ratio: median(found.get(names.sealed)!.stalled), goal: 1_024, unit: 'KB' },
  ],
  notes: [],
  rounds,
});
process.exit(0);
