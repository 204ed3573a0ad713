import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { PasswordAnswer, PasswordWork } from './password-worker.ts';

/**
 * Cost of argon2id (RFC 9106): 19 MiB, two passes, one lane, the floor that OWASP's password storage sheet gives for it. More memory would be
 * better against a stolen database, but the file is the owner's alone (0600), guesses over the network are limited long before the cost counts,
 * and a gateway on two cores has agents to run. A hash carries its own cost, so raising this later leaves stored ones good.
 */
export const passwordCost = { memoryKib: 19_456, iterations: 2 } as const;
/** Logins that may wait for their turn; the next is told to come back. */
const maxWaiting = 16;
/** The thread ends when nobody has signed in for this long. */
const idleMs = 10_000;

export interface PasswordHasher {
  /** An encoded hash with its salt and cost. `busy`: too many are waiting. */
  hash(password: string): Promise<string | 'busy'>;
  /**
   * @param hash - encoded; null: there is none, and exactly as much work is done to find that it does not match.
   */
  matches(password: string, hash: string | null): Promise<boolean | 'busy'>;
  close(): Promise<void>;
}

/** The same password typed on another keyboard is the same password (Unicode NFC). */
const normal = (password: string): string => password.normalize('NFC');

/** Hashes passwords with argon2id on a thread of its own, one at a time. */
export function createPasswordHasher(cost: PasswordWork['cost'] = passwordCost): PasswordHasher {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let number = 0;
  const waiting = new Map<number, { resolve: (answer: PasswordAnswer) => void; reject: (error: Error) => void }>();
  // Made from the first attempt on and never shown: what a password is compared with where none is set.
  let stranger: Promise<string | 'busy'> | null = null;

  const lose = (lost: Worker, error: Error): void => {
    if (worker !== lost) return;
    worker = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const begin = (): Worker => {
    const started = new Worker(workerProgram());
    started.unref();
    started.on('error', (error) => lose(started, error as Error));
    started.on('exit', () => lose(started, new Error('The thread that checks passwords has ended.')));
    started.on('message', (answer: PasswordAnswer) => {
      waiting.get(answer.id)?.resolve(answer);
      waiting.delete(answer.id);
      if (waiting.size === 0) rest();
    });
    return started;
  };
  const rest = () => {
    clearTimeout(idle);
    idle = setTimeout(() => {
      const resting = worker;
      worker = null;
      void resting?.terminate();
    }, idleMs);
    idle.unref();
  };
  const ask = async (password: string, hash: string | null): Promise<PasswordAnswer | 'busy'> => {
    if (waiting.size >= maxWaiting) return 'busy';
    clearTimeout(idle);
    worker ??= begin();
    const work: PasswordWork = { id: ++number, password: normal(password), salt: randomBytes(16), hash, cost };
    const answer = await new Promise<PasswordAnswer>((resolve, reject) => {
      waiting.set(work.id, { resolve, reject });
      worker!.postMessage(work);
    });
    if ('failed' in answer) throw new Error(`A password could not be hashed: ${answer.failed}`);
    return answer;
  };
  const hash: PasswordHasher['hash'] = async (password) => {
    const answer = await ask(password, null);
    return answer === 'busy' ? answer : (answer as { hash: string }).hash;
  };
  return {
    hash,
    async matches(password, stored) {
      if (stored === null) stranger ??= hash(randomBytes(24).toString('hex'));
      const against = stored ?? (await stranger!);
      if (against === 'busy') {
        stranger = null;
        return 'busy';
      }
      const answer = await ask(password, against);
      if (answer === 'busy') return answer;
      return (answer as { matches: boolean }).matches && stored !== null;
    },
    async close() {
      clearTimeout(idle);
      const ending = worker;
      worker = null;
      for (const { reject } of waiting.values()) reject(new Error('The app is closing.'));
      waiting.clear();
      await ending?.terminate();
    },
  };
}

/** Beside this file as source; beside the bundle, or one folder up from its chunks, when built. */
function workerProgram(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = ['password-worker.ts', 'password-worker.js', '../password-worker.js'].map((name) =>
    join(here, name),
  );
  return candidates.find((path) => existsSync(path)) ?? candidates[1]!;
}
