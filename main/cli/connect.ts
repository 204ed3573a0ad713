import { setTimeout as delay } from 'node:timers/promises';
import { err, ok, type Result } from '../base/result.ts';
import { readRunning } from '../home.ts';
import type { Problem } from '../protocol/errors.ts';
import { readOwnerToken } from '../security/owner-token.ts';
import { whoListens } from '../security/prove.ts';
import { startDefect } from '../start-problems.ts';
import { Client } from './client.ts';
import { connectInProcess } from './in-process-transport.ts';

/** The hall, and where it is. */
export interface Line {
  readonly client: Client;
  /** The app that runs; null: the parts run in this process, for as long as this command takes. */
  readonly running: { pid: number; url: string } | null;
  /** What a person has to know of the start in this process; an app that runs has told its own people. */
  readonly notices: readonly Problem[];
  /** Ends the line; what runs in this process ends too, with everything it started. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** Absolute. */
  home: string;
  version: string;
  /** Only to an app that runs; nothing is started in this process. */
  runningOnly?: boolean;
  /** How long another command that holds the data folder is waited for, milliseconds. */
  patienceMs?: number;
  /** How long whatever listens where the app said it would is given for one answer, milliseconds. */
  answerMs?: number;
  /** Told once when something else holds the data folder. */
  onWait?: (pid: number) => void;
}

/** How long an app is waited for that says that it runs but does not answer: it starts, or it ends. */
const startPatienceMs = 5_000;
const retryMs = 200;

/** @returns the line; a problem that waiting does not mend; `gone`: no app listens; `silent`: something listens where it said it would, and says nothing. */
async function connectRunning(home: string, answerMs?: number): Promise<Result<Line, Problem | 'gone' | 'silent'>> {
  const running = readRunning(home);
  if (!running?.url) return err('gone');
  const { pid, url } = running;
  const token = readOwnerToken(home);
  if (!token.ok) return token;
  // The token goes only to who knows it already. Anybody else at that address is not our app: it does not run.
  const listener = await whoListens(url, token.value, answerMs);
  if (listener !== 'ours') return err(listener === 'silent' ? 'silent' : 'gone');
  const { connectWebSocket } = await import('./websocket-transport.ts');
  const client = new Client();
  const line = await connectWebSocket(url, token.value, client);
  if (!line.ok) {
    if (!line.error.refused) return err('silent');
    return err({
      code: 'unauthorized',
      message: `Quarterdeck runs at ${url}, but it does not take this user's token (${line.error.reason}).`,
      impact: 'Nothing was done.',
      next: 'Restart the app, or name the right data folder with --home DIR.',
    });
  }
  client.use(line.value);
  return ok({
    client,
    running: { pid, url },
    notices: [],
    async close() {
      client.close();
    },
  });
}

async function startHere(home: string, version: string): Promise<Result<Line, Problem | { busy: number }>> {
  const { bootstrap } = await import('../bootstrap.ts');
  const wanted = { home, composition: 'cli' as const, version, port: null, portFixed: false, rendererDir: '' };
  const started = await bootstrap(wanted).catch((error: unknown) => startDefect(home, error));
  if (!('ok' in started)) return err(started);
  if (!started.ok) {
    return err(started.error.kind === 'problem' ? started.error.problem : { busy: started.error.running.pid });
  }
  const app = started.value;
  const client = new Client();
  client.use(connectInProcess(app.hall, app.owner('cli'), client));
  return ok({
    client,
    running: null,
    notices: app.notices,
    async close() {
      client.close();
      await app.close();
    },
  });
}

const notRunning: Problem = {
  code: 'not_found',
  message: 'Quarterdeck is not running.',
  impact: 'Nothing was done.',
  next: 'Start it with `npm start`, or with `npm run serve` where there is no window.',
};

const silent = (pid: number | undefined): Problem => ({
  code: 'overloaded',
  message: `Quarterdeck${pid ? ` (process ${pid})` : ''} does not answer.`,
  impact: 'Nothing was done. The app may be busy, or hang.',
  next: 'Try again. If it stays so, end that process and start the app again.',
});

/** Talks to the app where it runs, else starts its parts in this process. One data folder is only ever open once. */
export async function connect(options: ConnectOptions): Promise<Result<Line, Problem>> {
  const { home, version, runningOnly = false, patienceMs = 10_000, answerMs } = options;
  const began = performance.now();
  let told = false;
  for (;;) {
    const running = await connectRunning(home, answerMs);
    if (running.ok) return running;
    if (typeof running.error !== 'string') return err(running.error);
    if (runningOnly) {
      if (running.error === 'gone') return err(notRunning);
      if (performance.now() - began > patienceMs) return err(silent(readRunning(home)?.pid));
      await delay(retryMs);
      continue;
    }
    const here = await startHere(home, version);
    if (here.ok) return here;
    if (!('busy' in here.error)) return err(here.error);
    const { busy } = here.error;
    if (performance.now() - began > Math.max(patienceMs, startPatienceMs)) {
      return err({
        code: 'overloaded',
        message: `Another Quarterdeck command${busy ? ` (process ${busy})` : ''} is using ${home}.`,
        impact: 'Nothing was done: a data folder is only ever open once.',
        next: 'Wait until it has ended, or start the app (`npm start` or `npm run serve`), so that commands can share it.',
      });
    }
    if (!told) options.onWait?.(busy);
    told = true;
    await delay(retryMs);
  }
}
