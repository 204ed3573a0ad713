import { readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Clock } from '../../base/clock.ts';
import type { CliExit, CliLaunch, StartCli } from '../process/cli-process.ts';
import type { CodexHost } from './launch.ts';

type Json = { [name: string]: unknown };

/** One line of a recording: what was written to the app-server, what it wrote, or how it ended. */
export type Row = { dir: 'in' | 'out'; msg: Json } | { exit: number };

/** The folder of the recorded sessions. It has to be there. */
export const project = realpathSync(tmpdir());

export function recording(name: string): Row[] {
  const text = readFileSync(new URL(`./fixtures/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line.replaceAll('/project', project)) as Row);
}

/** What the app-server says without being asked, as it says it. */
export function notifications(rows: readonly Row[]): { method: string; params: Json }[] {
  return rows.flatMap((row) => {
    if (!('msg' in row) || row.dir === 'in' || typeof row.msg.method !== 'string' || row.msg.id !== undefined)
      return [];
    return [{ method: row.msg.method, params: row.msg.params as Json }];
  });
}

const handshake: Row[] = [
  { dir: 'in', msg: { id: 1, method: 'initialize' } },
  { dir: 'out', msg: { id: 1, result: { userAgent: 'quarterdeck/0.169.0 (Debian 12.0.0; x86_64)' } } },
];

/** An app-server that has begun a turn in thread `t`; the rest is the test's. */
export function conversation(...rows: Row[]): Row[] {
  return [
    ...handshake,
    { dir: 'in', msg: { id: 2, method: 'thread/start' } },
    { dir: 'out', msg: { id: 2, result: { thread: { id: 't' }, model: 'gpt-5.5' } } },
    { dir: 'in', msg: { id: 3, method: 'turn/start' } },
    { dir: 'out', msg: { id: 3, result: { turn: { id: 'turn-1' } } } },
    says('turn/started', { turn: { id: 'turn-1' } }),
    ...rows,
  ];
}

export const says = (method: string, params: Json): Row => ({
  dir: 'out',
  msg: { method, params: { threadId: 't', turnId: 'turn-1', ...params } },
});
export const completed = (status = 'completed', more: Json = {}): Row =>
  says('turn/completed', { turn: { id: 'turn-1', status, ...more } });

export interface Replay {
  startCli: StartCli;
  readonly launches: CliLaunch[];
  /** Lines that were written to the app-server and that the recording has not asked for (yet). */
  readonly written: Json[];
  /** Everything that was written to it. */
  readonly heard: Json[];
  /** Ends the running app-server. */
  die(exit?: Partial<Extract<CliExit, { kind: 'exited' }>>): void;
}

/**
 * An app-server that plays recordings, one for each start. What was written to it in the recording is waited for: the same method, or the answer to
 * the same request, must come before it goes on. Ids of our requests are exchanged for those that really came.
 */
export function replay(...recordings: (readonly Row[])[]): Replay {
  const launches: CliLaunch[] = [];
  const written: Json[] = [];
  const heard: Json[] = [];
  let die: Replay['die'] = () => {};

  const startCli: StartCli = (launch, listener) => {
    const rows = [...(recordings[launches.length] ?? [])];
    launches.push(launch);
    written.length = 0;
    const ids = new Map<unknown, unknown>();
    let gone = false;
    const exited = Promise.withResolvers<void>();
    const exit = (how: Partial<Extract<CliExit, { kind: 'exited' }>> = {}) => {
      if (gone) return;
      gone = true;
      listener.onExit({ kind: 'exited', code: 0, signal: null, lineTooLong: false, stderr: '', left: [], ...how });
      exited.resolve();
    };
    die = exit;

    const play = () => {
      while (!gone) {
        const row = rows[0];
        if (row === undefined) return;
        if ('exit' in row) exit({ code: row.exit });
        else if (row.dir === 'out') {
          const { id, method } = row.msg;
          listener.onLine(JSON.stringify(method === undefined ? { ...row.msg, id: ids.get(id) ?? id } : row.msg));
        } else {
          const at = written.findIndex((line) => kind(line) === kind(row.msg));
          if (at === -1) return;
          const [line] = written.splice(at, 1);
          if (row.msg.method !== undefined) ids.set(row.msg.id, line?.id);
        }
        rows.shift();
      }
    };
    setImmediate(play);
    return {
      pid: 0,
      write(text) {
        for (const line of text.trimEnd().split('\n')) {
          const message = JSON.parse(line) as Json;
          heard.push(message);
          // What no recording expects of us, but every app-server answers.
          const expected = rows.some((row) => 'msg' in row && row.msg.method === message.method);
          if (unrecorded.has(message.method) && !expected)
            setImmediate(() => listener.onLine(JSON.stringify({ id: message.id, result: {} })));
          else written.push(message);
        }
        setImmediate(play);
      },
      processes: () => [],
      stop: async () => {
        setImmediate(exit);
        await exited.promise;
      },
    };
  };
  return { startCli, launches, written, heard, die: (how) => die(how) };
}

const unrecorded: ReadonlySet<unknown> = new Set([
  'turn/steer',
  'thread/backgroundTerminals/list',
  'thread/settings/update',
  'thread/goal/set',
  'thread/goal/clear',
  'skills/list',
  'model/list',
  'account/read',
]);

/** A thread is opened by starting or by resuming it. */
function kind(line: Json): string {
  if (line.method === undefined) return `answer to ${line.id}`;
  return line.method === 'thread/resume' || line.method === 'thread/fork' ? 'thread/start' : String(line.method);
}

/** A host on which Codex is "installed" as whatever `startCli` plays. */
export function replayHost(startCli: StartCli): CodexHost {
  return { env: { QUARTERDECK_CODEX_PATH: process.execPath }, home: '/nowhere', instance: 'test', startCli };
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
