import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { NamedFile } from './attachment-uses.ts';
import type { LookedInto } from './look-into-database.ts';
import type { SessionSizes } from './session-sizes.ts';

/** What is done over a whole file, apart from the thread that serves everybody. */
export type DatabaseJob =
  /** `folders`: where the files of its messages may stand; each is read. */
  | { do: 'look'; path: string; folders?: readonly string[] }
  /** What these databases name altogether; one that is damaged names nothing. */
  | { do: 'named'; paths: readonly string[] }
  /** Copies a database that may be in use to a file of its own. */
  | { do: 'copy'; from: string; to: string }
  | { do: 'measure'; path: string; most: number };

interface Answers {
  look: LookedInto;
  named: NamedFile[];
  copy: null;
  measure: SessionSizes;
}

export type FromDatabaseThread =
  | { progress: [done: number, total: number] }
  | { answer: unknown }
  | { failed: { message: string; code: string | null } };

/** The program of the thread: beside this file in the sources, beside the bundle in what is built. */
function workerProgram(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const names = ['database-worker.ts', 'database-worker.js', join('..', 'database-worker.js')];
  return names.map((name) => join(here, name)).find((path) => existsSync(path)) ?? join(here, names[1]!);
}

/**
 * Runs one job in a thread that ends with it.
 * @param signal - ends it before its time; the promise rejects then.
 * @throws {Error} with the `code` of SQLite or the system where there is one.
 */
export function runOnDatabase<J extends DatabaseJob>(
  job: J,
  options: { onProgress?: (done: number, total: number) => void; signal?: AbortSignal } = {},
): Promise<Answers[J['do']]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerProgram(), { name: 'database', workerData: job, env: {} });
    const end = (settle: () => void): void => {
      options.signal?.removeEventListener('abort', abort);
      void worker.terminate();
      settle();
    };
    const abort = (): void => end(() => reject(new Error('The app is closing.')));
    options.signal?.addEventListener('abort', abort);
    worker.on('message', (message: FromDatabaseThread) => {
      if ('progress' in message) options.onProgress?.(...message.progress);
      else if ('answer' in message) end(() => resolve(message.answer as Answers[J['do']]));
      else end(() => reject(Object.assign(new Error(message.failed.message), { code: message.failed.code })));
    });
    worker.on('error', (error) => end(() => reject(error)));
    worker.on('exit', (code) => reject(new Error(`The thread that reads the database ended (${code}).`)));
    if (options.signal?.aborted) abort();
  });
}
