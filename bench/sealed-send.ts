/** What sending one frame to many clients costs, sealed by the gateway's own part, next to `ws.send` of the same text. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { loadPrimitives } from '../main/gateway/sealed/native-primitives.ts';
import { SealedWire } from '../main/gateway/sealed/sealed-wire.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { interleave } from './harness/rounds.ts';
import { medianRatio } from './harness/statistics.ts';

const clients = 100;
const frames = 100;
const rounds = 15;
const primitives = loadPrimitives({ info: (message) => console.error(message) });
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
await once(server, 'listening');
const keys = () => ({ key: primitives.random(32), prefix: primitives.random(16) });
const open: { socket: WebSocket; wire: SealedWire }[] = [];
const all = new Promise<void>((resolve) => {
  server.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const session = { transcript: primitives.random(64), toServer: keys(), toClient: keys() };
    open.push({ socket, wire: new SealedWire(primitives, session, request.socket) });
    if (open.length === clients) resolve();
  });
});
const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
const child = fork(join(import.meta.dirname, 'fixtures/drain.mjs'), [url, String(clients)], { execArgv: [] });
await all;

const delta = (at: number) =>
  `{"type":"text_delta","session_id":"ses_00000000000000000000","turn_id":"turn_00000000000000000000","item_id":"msg_1:0","offset":${at * 21},"text":"${'1'.repeat(19)}, "}`;
const sent = () => {};

async function fanOut(send: (one: (typeof open)[number], text: string) => void): Promise<{ cpu: number }> {
  const before = process.cpuUsage();
  for (let at = 0; at < frames; at += 1) {
    const text = delta(at);
    for (const one of open) send(one, text);
    await wait(3);
  }
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / (frames * clients) };
}
const names = { plain: 'ws.send', sealed: 'sealed' };
const found = await interleave(
  [
    { name: names.plain, run: () => fanOut(({ socket }, text) => socket.send(text, sent)) },
    { name: names.sealed, run: () => fanOut(({ socket, wire }, text) => wire.send(socket, text, sent)) },
  ],
  { rounds, warmUps: 2 },
);
report({
  name: 'sealed-send',
  title: `Fan-out: one delta frame to ${clients} clients`,
  about:
    'The door alone, without an agent: the same text by `ws.send`, and by the part of the gateway that seals it for each client. CPU of the sender.',
  ...tableOf(found, [{ measure: 'cpu', label: 'CPU us/frame', format: fixed(2) }], names.plain, ['cpu']),
  goals: [
    {
      what: 'sealed frames for one second of processor time, to ws.send',
      ratio: medianRatio(found.get(names.plain)!.cpu, found.get(names.sealed)!.cpu),
      goal: 0.7,
      at: 'least',
    },
  ],
  notes: [],
  rounds,
});
child.kill();
process.exit(0);
