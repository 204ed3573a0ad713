import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');
const headlessFile = join(root, 'out/main/headless.js');
const floorFile = join(root, 'bench/floor-gateway.mjs');

/** A process that serves on loopback. */
export interface Server {
  pid: number;
  /** Address of its WebSocket. */
  socketUrl: string;
  /** The line it said when it began to listen. */
  said: { url: string; open_url?: string };
  headers: Record<string, string>;
  /** From the call that spawned it to its line, milliseconds. */
  readyMs: number;
  stop(): Promise<void>;
}

/** Every server that was started and still runs; a bench that breaks leaves none behind. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The app, headless. @param home - its data folder, made when it is missing. */
export async function startApp(home: string, env: Record<string, string> = {}): Promise<Server> {
  const started = await start([headlessFile, '--home', home, '--port', '0', '--json'], env);
  const token = readFileSync(join(home, 'owner-token'), 'utf8').trim();
  return {
    ...started,
    socketUrl: socketOf(started.said.url, '/api/v1/ws'),
    headers: { authorization: `Bearer ${token}` },
  };
}

/** The least a gateway in Node can be: see `floor-gateway.mjs`. */
export async function startFloor(args: { database: string; cli?: string }): Promise<Server> {
  const started = await start([floorFile, args.database, ...(args.cli ? [args.cli] : [])], {});
  return { ...started, socketUrl: socketOf(started.said.url, '/'), headers: {} };
}

const socketOf = (url: string, path: string) => `${url.replace(/^http/, 'ws')}${path}`;

function start(args: string[], env: Record<string, string>): Promise<Omit<Server, 'socketUrl' | 'headers'>> {
  return new Promise((resolve, reject) => {
    const startedAt = process.hrtime.bigint();
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // What whoever measures said to their own agents is not read meanwhile.
      env: { ...process.env, NODE_OPTIONS: '', QUARTERDECK_IMPORTS: 'off', ...env },
    });
    running.add(child);
    const exited = new Promise<void>((done) =>
      child.once('exit', () => {
        running.delete(child);
        done();
      }),
    );
    let output = '';
    let listening = false;
    child.stderr.on('data', (data) => {
      if (!listening) output += String(data);
    });
    child.stdout.on('data', (data) => {
      if (listening) return;
      output += String(data);
      const line = output.split('\n').find((one) => one.startsWith('{"event":"listening"'));
      if (line === undefined || !output.includes(`${line}\n`)) return;
      listening = true;
      const readyMs = Number(process.hrtime.bigint() - startedAt) / 1e6;
      resolve({
        pid: child.pid!,
        said: JSON.parse(line),
        readyMs,
        stop: () => {
          child.kill('SIGTERM');
          return exited;
        },
      });
    });
    void exited.then(() => reject(new Error(`${args[0]} ended before it listened:\n${output}`)));
  });
}
