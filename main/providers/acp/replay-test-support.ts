import { readFileSync } from 'node:fs';
import type { Clock } from '../../base/clock.ts';
import type { CliExit, CliLaunch, StartCli } from '../process/cli-process.ts';

// biome-ignore lint/suspicious/noExplicitAny: recorded lines; what a test reads of them the test asserts.
export type Message = { [name: string]: any };
/** One line of a recording: what was written to the agent, what it wrote, or how it ended. */
export type Row = { dir: 'in' | 'out'; msg: Message } | { exit: number };

/** @param folder - `import.meta.url` of the test, beside which `fixtures/` lies. */
export function recording(folder: string, name: string): Row[] {
  const text = readFileSync(new URL(`./fixtures/${name}.jsonl`, folder), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

export interface Replay {
  startCli: StartCli;
  readonly launches: CliLaunch[];
  /** Everything that was written to the agent, oldest first. */
  readonly written: Message[];
  die(exit?: Partial<Extract<CliExit, { kind: 'exited' }>>): void;
}

/**
 * An agent that plays recordings, one for each start. What was written to it in the recording is waited for: the same kind of line must come before
 * it goes on. Ids of requests are exchanged for those that really came.
 */
export function replay(...recordings: (readonly Row[])[]): Replay {
  const launches: CliLaunch[] = [];
  const written: Message[] = [];
  let die: Replay['die'] = () => {};

  const startCli: StartCli = (launch, listener) => {
    const rows = [...(recordings[launches.length] ?? [])];
    launches.push(launch);
    const unread: Message[] = [];
    const ids = new Map<unknown, unknown>();
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

    const play = () => {
      while (!gone) {
        const [row] = rows;
        if (row === undefined) return;
        if ('exit' in row) exit({ code: row.exit });
        else if (row.dir === 'out') {
          const isAnswer = row.msg.method === undefined && ids.has(row.msg.id);
          listener.onLine(JSON.stringify(isAnswer ? { ...row.msg, id: ids.get(row.msg.id) } : row.msg));
        } else {
          const at = unread.findIndex((line) => kind(line) === kind(row.msg));
          if (at === -1) return;
          const [line] = unread.splice(at, 1);
          if (row.msg.method !== undefined) ids.set(row.msg.id, line?.id);
        }
        rows.shift();
      }
    };
    setImmediate(play);
    return {
      pid: 0,
      write(text) {
        const line = JSON.parse(text) as Message;
        written.push(line);
        unread.push(line);
        setImmediate(play);
      },
      processes: () => [],
      stop: async () => {
        setImmediate(exit);
        await exited.promise;
      },
    };
  };
  return { startCli, launches, written, die: (how) => die(how) };
}

/** Answers are told apart by what they answer. */
function kind({ method, id }: Message): string {
  return typeof method === 'string' ? method : `answer ${id}`;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
