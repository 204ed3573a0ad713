/** Ten thousand wrong keys at the sealed door, and a good one that comes in meanwhile. */
import { fixed, report, tableOf } from './harness/report.ts';
import { addRound, type Measured } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { startApp } from './harness/server-process.ts';
import { SocketClient, sealedDoor } from './harness/socket-client.ts';
import { percentile } from './harness/statistics.ts';

const server = await startApp(freshFolder('home'));
const door = await sealedDoor(server);
const wrong = { ...door, key: `qd_${'w'.repeat(43)}` };
const guesses = 10_000;
const guessers = 8;
const goods = 100;
const names = { calm: 'nobody else comes', guessed: `${guesses.toLocaleString('en')} wrong keys meanwhile` };
const found: Measured<'p50' | 'p99'> = new Map();

/** @returns milliseconds until a good credential was welcomed. */
async function good(): Promise<number> {
  const startedAt = performance.now();
  const client = await SocketClient.connectSealed(door);
  const ms = performance.now() - startedAt;
  await client.close();
  return ms;
}
async function goodOnes(count: number, until: () => boolean): Promise<{ p50: number; p99: number }> {
  const took: number[] = [];
  while (took.length < count || !until()) took.push(await good());
  return { p50: percentile(took, 0.5), p99: percentile(took, 0.99) };
}
await goodOnes(goods, () => true);
addRound(found, names.calm, await goodOnes(goods, () => true));

let left = guesses;
let refused = 0;
const guess = async () => {
  while (left > 0) {
    left -= 1;
    const client = await SocketClient.connectSealed(wrong).then(
      () => 'let in' as const,
      () => 'refused' as const,
    );
    if (client === 'let in') throw new Error('a wrong key was let in');
    refused += 1;
  }
};
const startedAt = performance.now();
const guessing = Promise.all(Array.from({ length: guessers }, guess));
addRound(found, names.guessed, await goodOnes(goods, () => refused === guesses));
await guessing;
const seconds = (performance.now() - startedAt) / 1000;
report({
  name: 'sealed-guessing',
  title: `A good key at the sealed door, from the first packet to \`welcome\``,
  about: `${guessers} guessers of the same address keep a wrong key each on the way; server, guessers and the good client share this machine's processors.`,
  ...tableOf(
    found,
    [
      { measure: 'p50', label: 'p50 ms', format: fixed(1) },
      { measure: 'p99', label: 'p99 ms', format: fixed(1) },
    ],
    names.calm,
    [],
  ),
  goals: [
    {
      what: 'a good key comes in, p99',
      ratio: percentile(found.get(names.guessed)!.p99, 0.5) / 1000,
      goal: 1,
      unit: 's',
    },
  ],
  notes: [`all ${refused.toLocaleString('en')} were refused, in ${seconds.toFixed(1)} s`],
  rounds: 1,
});
await server.stop();
process.exit(0);
