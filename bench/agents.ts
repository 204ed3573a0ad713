/** Each agent CLI, its real program, driven by the app and by the least that can drive it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { acp, claude, codex, type Dialect, gemini } from '../e2e/agents/dialects.ts';
import { startModelServer } from '../e2e/model-server/server.ts';
import type { CustomAgent } from '../main/protocol/settings.ts';
import { cpuMs, memoryMb } from './harness/process-usage.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { addRound, type Measured } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';
import { startApp } from './harness/server-process.ts';
import { SocketClient } from './harness/socket-client.ts';
import { medianRatio } from './harness/statistics.ts';

/** A conversation with an agent, through something. */
interface Way {
  /** The process between the CLI and us. */
  pid: number;
  /** One turn. @returns milliseconds from the prompt to the first word that arrived here. */
  turn(prompt: string): Promise<number>;
  stop(): Promise<void>;
}

type Env = Record<string, string>;

async function bare(dialect: Dialect, env: Env, file: string): Promise<Way> {
  const driver = join(import.meta.dirname, 'fixtures/bare-driver.mjs');
  const child: ChildProcess = spawn(
    process.execPath,
    [driver, dialect.provider, file, freshFolder('project'), dialect.model ?? ''],
    { env: { ...env, GEMINI_CLI_NO_RELAUNCH: 'true' }, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  let hear: (said: { ready?: true; first?: true; end?: true }) => void = () => {};
  const lines = createInterface({ input: child.stdout! });
  const ready = new Promise<void>((resolve) => {
    hear = (said) => said.ready && resolve();
  });
  lines.on('line', (line) => hear(JSON.parse(line)));
  await ready;
  return {
    pid: child.pid!,
    turn: (prompt) =>
      new Promise((resolve) => {
        const sentAt = performance.now();
        let first = 0;
        hear = (said) => {
          if (said.first) first = performance.now() - sentAt;
          if (said.end) resolve(first);
        };
        child.stdin!.write(`${JSON.stringify({ prompt })}\n`);
      }),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.stdin!.end();
        setTimeout(() => child.kill('SIGKILL'), 3000).unref();
      }),
  };
}

async function app(dialect: Dialect, env: Env, agent: CustomAgent | undefined): Promise<Way> {
  const server = await startApp(freshFolder('home'), env);
  const client = await SocketClient.connect(server);
  if (agent) await client.ask({ type: 'agents_save', agent });
  const { session_id } = await client.ask({
    type: 'new_chat',
    cwd: freshFolder('project'),
    provider: dialect.provider,
    model: dialect.model,
  });
  await client.ask({ type: 'attach', session_id, after_seq: 0 });
  return {
    pid: server.pid,
    turn: (prompt) =>
      new Promise((resolve, reject) => {
        const sentAt = performance.now();
        let first = 0;
        client.onFrame = (frame) => {
          if (first === 0 && frame.startsWith('{"type":"text_delta"')) first = performance.now() - sentAt;
          if (!frame.startsWith('{"type":"events"') || !frame.includes('"turn_end"')) return;
          if (frame.includes('"status":"completed"')) resolve(first);
          else reject(new Error(`the turn did not complete: ${frame.slice(0, 2000)}`));
        };
        client.ask({ type: 'message', session_id, text: prompt }).catch(reject);
      }),
    stop: () => server.stop(),
  };
}

type Measure = 'cold' | 'first' | 'cpu' | 'memory';
const turns = 7;
const rounds = 3;
const say = (at: number) => `Count ${at}. [[slow: 100 words, 2 ms]]`;
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const model = await startModelServer({ deltaMs: 0 });

for (const dialect of [claude, codex, gemini, acp]) {
  const found: Measured<Measure> = new Map();
  for (let round = 0; round < rounds; round += 1) {
    const home = freshFolder('person');
    mkdirSync(home, { recursive: true });
    const place = { modelUrl: model.url, home };
    const env = (await dialect.env(place)) as Env;
    const agent = await dialect.custom?.(place);
    const file = agent?.args[0] ?? env[`QUARTERDECK_${dialect.provider.toUpperCase()}_PATH`]!;
    const own = agent ? { PATH: process.env.PATH ?? '', ...agent.env } : env;
    const ways = [
      { name: 'bare driver', start: () => bare(dialect, own, file) },
      { name: 'app', start: () => app(dialect, env, agent) },
    ];
    for (const { name, start } of round % 2 === 0 ? ways : ways.toReversed()) {
      let startedAt = performance.now();
      const way = await start();
      // The app was there before; it starts the CLI with the first message. The bare driver is started with its CLI.
      if (name === 'app') startedAt = performance.now();
      await way.turn('Begin. [[text: Here.]]');
      const cold = performance.now() - startedAt;
      const cpuBefore = cpuMs(way.pid);
      const firsts: number[] = [];
      for (let at = 0; at < turns; at += 1) firsts.push(await way.turn(say(at)));
      const cpu = (cpuMs(way.pid) - cpuBefore) / turns;
      await wait(1000);
      addRound(found, name, { cold, first: median(firsts), cpu, memory: memoryMb(way.pid).pss });
      await way.stop();
    }
  }
  const of = (name: string, measure: Measure) => found.get(name)![measure];
  report({
    name: 'agents',
    title: `${dialect.name}: from the prompt to its first word`,
    about:
      'The real CLI, its model scripted on loopback. The bare driver starts the CLI, speaks just enough of its protocol and parses every line. The app ' +
      'commits what happened, keeps the open text and serves a WebSocket. `first turn`: the CLI has to be ' +
      `started for it; \`warm\`: prompt to first word; CPU and memory (PSS) are those of the process between the CLI and us, a turn has 100 deltas.`,
    ...tableOf(
      found,
      [
        { measure: 'cold', label: 'first turn ms', format: fixed(0) },
        { measure: 'first', label: 'warm ms', format: fixed(1) },
        { measure: 'cpu', label: 'CPU ms/turn', format: fixed(1) },
        { measure: 'memory', label: 'memory MB', format: fixed(0) },
      ],
      'bare driver',
      ['first', 'cpu', 'memory'],
    ),
    goals: [
      {
        what: 'warm: prompt to first word',
        ratio: medianRatio(of('app', 'first'), of('bare driver', 'first')),
        goal: 1.5,
      },
    ],
    notes: [],
    rounds,
  });
}
await model.close();
process.exit(0);
