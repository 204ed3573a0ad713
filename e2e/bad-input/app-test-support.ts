import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { WebSocket } from 'ws';
import { mergedEnv, startProcess } from '../driver/app-process.ts';
import { appDir, nodePath } from '../driver/built-app.ts';
import { processesMarked, waitGone } from '../tools/process-tree.ts';

/** The CLI that misbehaves; what it does is told by its folder and its prompts. */
export const badClaude = join(import.meta.dirname, 'fixtures/bad-claude.mjs');

/** How something is started: in front of the program stands this command, e.g. one that enters a mount namespace. */
export type Wrap = readonly string[];

export interface StartOptions {
  home: string;
  env?: Record<string, string | undefined>;
  args?: readonly string[];
  wrap?: Wrap;
  /** Runs the app from its source instead of the bundle. */
  fromSource?: boolean;
  /** Names no port: the usual one is taken, or another when that is not free. */
  usualPort?: boolean;
}

const usualEnv = {
  QUARTERDECK_CLAUDE_PATH: badClaude,
  ANTHROPIC_API_KEY: 'sk-ant-api03-bad-input',
  // What whoever runs the tests said to their own agents stays unread.
  QUARTERDECK_IMPORTS: 'off',
};

/** What one test starts and makes. All of it is ended and taken away after the test, the last first. */
export interface Stage {
  /** A fresh folder. */
  folder(name?: string): string;
  /** Runs one command of the command line to its end, as a script does. */
  quarterdeck(args: readonly string[], options: StartOptions & { input?: string }): Promise<Ran>;
  /** Starts headless where it is expected to refuse. */
  serveToEnd(options: StartOptions): Promise<Ran>;
  /** Starts the built app headless and waits until it listens. */
  serve(options: StartOptions): Promise<Headless>;
  onEnd(end: () => unknown): void;
}

/** Vitest's `test` with a stage: so tests that mostly wait can run side by side. */
export const it = test.extend<{ stage: Stage }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of the fixtures it needs from here.
  stage: async ({}, use) => {
    const ends: (() => unknown)[] = [];
    const onEnd = (end: () => unknown) => void ends.unshift(end);
    const marker = { name: 'BAD_INPUT_STAGE', value: randomUUID() };
    const marked = <T extends StartOptions>(options: T): T => ({
      ...options,
      env: { ...options.env, [marker.name]: marker.value },
    });
    await use({
      onEnd,
      folder(name = 'folder') {
        const folder = realpathSync(mkdtempSync(join(tmpdir(), `quarterdeck-bad-${name}-`)));
        onEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
        return folder;
      },
      quarterdeck: (args, options) =>
        runBundle(
          'cli.js',
          marked({ ...options, args: [...args, '--home', options.home] }),
          options.input ?? null,
          onEnd,
        ),
      serveToEnd: ({ args = [], ...options }) =>
        runBundle(
          'headless.js',
          marked({ ...options, args: ['--home', options.home, '--port', '0', '--json', ...args] }),
          null,
          onEnd,
        ),
      serve: (options) => serve(marked(options), onEnd),
    });
    // Also an agent that would outlive its killed app, and go on for ever.
    const left = processesMarked(`${marker.name}=${marker.value}`);
    for (const pid of left) kill(pid);
    await waitGone(left);
    for (const end of ends) await end();
  },
});

/** One that is gone already is what we want. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {}
}

/** From now on the CLI starts like this in `folder`; see fixtures/bad-claude.mjs. */
export const startsLike = (folder: string, behaviour: string): void =>
  writeFileSync(join(folder, '.bad-claude'), behaviour);

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
  /** The lines of stdout that are JSON. */
  lines: { type?: string; [field: string]: unknown }[];
}

const sources: { readonly [bundle: string]: string } = {
  'headless.js': 'main/headless.ts',
  'cli.js': 'main/cli/main.ts',
};

function startNode(
  bundle: string,
  { env = {}, args = [], wrap = [], fromSource = false }: StartOptions,
  input: string | null,
) {
  const [file, ...rest] = [
    ...wrap,
    nodePath,
    join(appDir, fromSource ? sources[bundle]! : join('out/main', bundle)),
    ...args,
  ] as [string, ...string[]];
  const child = spawn(file, rest, {
    env: mergedEnv({ ...usualEnv, ...env }),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  return child;
}

async function runBundle(
  bundle: string,
  options: StartOptions,
  input: string | null,
  onEnd: Stage['onEnd'],
): Promise<Ran> {
  const child = startNode(bundle, options, input);
  onEnd(() => child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr, lines: jsonLines(stdout) };
}

function jsonLines(text: string): Ran['lines'] {
  return text.split('\n').flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return typeof value === 'object' && value !== null ? [value as Ran['lines'][number]] : [];
    } catch {
      return [];
    }
  });
}

export interface Headless {
  readonly url: string;
  readonly openUrl: string;
  readonly pid: number;
  output(): string;
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  kill(signal?: NodeJS.Signals): Promise<{ code: number | null; signal: string | null }>;
  connect(): Promise<Client>;
}

async function serve(
  { home, env, args = [], wrap = [], usualPort = false, fromSource = false }: StartOptions,
  onEnd: Stage['onEnd'],
): Promise<Headless> {
  const [file, ...rest] = [
    ...wrap,
    nodePath,
    join(appDir, fromSource ? sources['headless.js']! : 'out/main/headless.js'),
    '--home',
    home,
    '--json',
    ...(usualPort || args.includes('--port') ? [] : ['--port', '0']),
    ...args,
  ] as [string, ...string[]];
  const started = startProcess(file, rest, { env: { ...usualEnv, ...env }, cwd: appDir, ipc: false });
  onEnd(async () => {
    started.child.kill('SIGKILL');
    await started.exited;
  });
  const listening = await started.until((output) =>
    jsonLines(output).find((line) => line.event === 'listening' && line.url !== undefined),
  );
  const url = String(listening.url);
  return {
    url,
    openUrl: String(listening.open_url),
    pid: started.pid,
    output: started.output,
    exited: started.exited,
    kill(signal = 'SIGTERM') {
      started.child.kill(signal);
      return started.exited;
    },
    connect: () => connect(url, ownerToken(home, wrap.length > 0 ? started.pid : null), onEnd),
  };
}

/** @param pid - of an app that lives in a mount namespace of its own. */
function ownerToken(home: string, pid: number | null): string {
  const root = pid === null ? '' : `/proc/${pid}/root`;
  return readFileSync(`${root}${join(home, 'owner-token')}`, 'utf8').trim();
}

// biome-ignore lint/suspicious/noExplicitAny: what a frame holds is what the specs look at.
type Frame = { type: string; [field: string]: any };

/** A client of the WebSocket that keeps all it hears. */
export interface Client {
  readonly frames: readonly Frame[];
  /** Durable events of attached sessions, in order. */
  readonly events: readonly Frame[];
  ask(frame: Frame): Promise<Frame>;
  raw(data: string | Buffer): void;
  /** Resolves with the first frame or event, past or future, that fits. */
  until(what: string, fits: (frame: Frame) => boolean, from?: number): Promise<Frame>;
  readonly closed: Promise<number>;
  close(): void;
}

let commands = 0;

async function connect(url: string, token: string, onEnd: Stage['onEnd']): Promise<Client> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws').replace(/\/$/, '')}/api/v1/ws`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const frames: Frame[] = [];
  const events: Frame[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame;
    frames.push(frame);
    if (frame.type === 'events') for (const event of frame.events as Frame[]) events.push(event);
    for (const look of waiting) look();
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  onEnd(() => socket.terminate());
  const until: Client['until'] = (what, fits, from = 0) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = events.slice(from).find(fits) ?? frames.find((frame) => frame.type !== 'events' && fits(frame));
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
      void closed.then(() => {
        look();
        reject(new Error(`The connection ended before ${what} came.`));
      });
    });
  return {
    frames,
    events,
    until,
    closed,
    raw: (data) => socket.send(data),
    close: () => socket.close(),
    ask(frame) {
      const command_id = `bad-input-${process.pid}-${++commands}-${Date.now()}`;
      socket.send(JSON.stringify({ ...frame, command_id }));
      return until(`the answer to ${frame.type}`, (one) => one.type === 'response' && one.command_id === command_id);
    },
  };
}

/** Opens a session and follows it. @returns its id. */
export async function openSession(client: Client, cwd: string, more: object = {}): Promise<string> {
  const opened = await client.ask({ type: 'new_chat', cwd, provider: 'claude', mode: 'ask', ...more });
  if (!opened.ok) throw new Error(`No session: ${JSON.stringify(opened.error)}`);
  const { session_id } = opened.result as { session_id: string };
  await client.ask({ type: 'attach', session_id, after_seq: 0 });
  return session_id;
}

/** Says something. @returns the id of its turn. */
export async function say(client: Client, session_id: string, text: string): Promise<string> {
  const sent = await client.ask({ type: 'message', session_id, text });
  if (!sent.ok) throw new Error(`Not sent: ${JSON.stringify(sent.error)}`);
  return (sent.result as { turn_id: string }).turn_id;
}

export const endOf = (client: Client, turn_id: string): Promise<Frame> =>
  client.until('the end of the turn', (event) => event.type === 'turn_end' && event.turn_id === turn_id);

/** Says something and waits for the end of the turn. @returns its last event. */
export async function talk(client: Client, session_id: string, text: string): Promise<Frame> {
  return endOf(client, await say(client, session_id, text));
}

/** Largest resident size so far in MB (`VmHWM` of proc(5)); null where there is no /proc. */
export function peakMemory(pid: number): number | null {
  try {
    const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line === null ? null : Number(line[1]) / 1024;
  } catch {
    return null;
  }
}
