import { readFileSync } from 'node:fs';
import type { Clock } from '../../base/clock.ts';
import type { CliExit, CliLaunch, StartCli } from '../process/cli-process.ts';
import type { ClaudeHost } from './launch.ts';

/** One line of a recording: what was written to the CLI, what it wrote, or how it ended. */
export type Row = { dir: 'in' | 'out'; msg: { [name: string]: unknown } } | { exit: number };

export function recording(name: string): Row[] {
  const text = readFileSync(new URL(`./fixtures/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

/** The lines the CLI wrote, as it wrote them. */
export function output(rows: readonly Row[]): string[] {
  return rows.flatMap((row) => ('msg' in row && row.dir === 'out' ? [JSON.stringify(row.msg)] : []));
}

export interface Replay {
  startCli: StartCli;
  readonly launches: CliLaunch[];
  /** Lines that were written to the CLI and that the recording has not asked for (yet). */
  readonly written: { [name: string]: unknown }[];
  /** How often its processes were looked for. */
  looks(): number;
  /** One more line of the running CLI, as it is. */
  say(line: string): void;
  /** Ends the running CLI. */
  die(exit?: Partial<Extract<CliExit, { kind: 'exited' }>>): void;
}

/**
 * A CLI that plays recordings, one for each start. What was written to it in the recording is waited for: the same kind of line must come
 * before it goes on. Ids of requests and messages are exchanged for those that really came.
 */
export function replay(...recordings: (readonly Row[])[]): Replay {
  const launches: CliLaunch[] = [];
  const written: { [name: string]: unknown }[] = [];
  let die: Replay['die'] = () => {};
  let say: Replay['say'] = () => {};
  let looks = 0;

  const startCli: StartCli = (launch, listener) => {
    const rows = [...(recordings[launches.length] ?? [])];
    launches.push(launch);
    const ids = new Map<string, string>();
    let gone = false;
    const exited = Promise.withResolvers<void>();
    const exit = (how: Partial<Extract<CliExit, { kind: 'exited' }>> = {}) => {
      if (gone) return;
      gone = true;
      listener.onExit({
        kind: 'exited',
        code: 0,
        signal: null,
        lineTooLong: false,
        deaf: false,
        stderr: '',
        left: [],
        ...how,
      });
      exited.resolve();
    };
    die = exit;
    say = (line) => listener.onLine(line);

    const play = () => {
      while (!gone) {
        const row = rows[0];
        if (row === undefined) return;
        if ('exit' in row) exit({ code: row.exit });
        else if (row.dir === 'out') listener.onLine(exchange(JSON.stringify(row.msg), ids));
        else {
          const at = written.findIndex((line) => kind(line) === kind(row.msg));
          if (at === -1) return;
          const [line] = written.splice(at, 1);
          for (const name of ['uuid', 'request_id']) {
            const [theirs, ours] = [row.msg[name], line?.[name]];
            if (typeof theirs === 'string' && typeof ours === 'string') ids.set(theirs, ours);
          }
        }
        rows.shift();
      }
    };
    setImmediate(play);
    return {
      pid: 0,
      write(text) {
        written.push(JSON.parse(text));
        setImmediate(play);
      },
      processes: () => {
        looks += 1;
        return [];
      },
      stop: async () => {
        setImmediate(exit);
        await exited.promise;
      },
    };
  };
  return { startCli, launches, written, looks: () => looks, say: (line) => say(line), die: (how) => die(how) };
}

function kind(line: { [name: string]: unknown }): string {
  return `${line.type} ${(line.request as { subtype?: string } | undefined)?.subtype ?? ''}`;
}

function exchange(text: string, ids: ReadonlyMap<string, string>): string {
  let result = text;
  for (const [theirs, ours] of ids) result = result.replaceAll(theirs, ours);
  return result;
}

/** A host on which Claude Code is "installed" as whatever `startCli` plays. */
export function replayHost(startCli: StartCli): ClaudeHost {
  return { env: { QUARTERDECK_CLAUDE_PATH: process.execPath }, home: '/nowhere', instance: 'test', startCli };
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
