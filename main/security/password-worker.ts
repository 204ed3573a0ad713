import { parentPort } from 'node:worker_threads';
import { argon2id, argon2Verify } from 'hash-wasm';

/** What the thread is asked. `hash`: an encoded hash, to check against; null: make one. */
export interface PasswordWork {
  id: number;
  password: string;
  salt: Uint8Array;
  hash: string | null;
  cost: { memoryKib: number; iterations: number };
}
export type PasswordAnswer =
  | { id: number; hash: string }
  | { id: number; matches: boolean }
  | { id: number; failed: string };

/** The thread that hashes passwords, so that a login stops nobody's stream. One at a time: its memory and its core are all that logins can take. */
const port = parentPort!;
let last: Promise<unknown> = Promise.resolve();

async function work({ id, password, salt, hash, cost }: PasswordWork): Promise<PasswordAnswer> {
  try {
    if (hash !== null) return { id, matches: await argon2Verify({ password, hash }) };
    return {
      id,
      hash: await argon2id({
        password,
        salt,
        iterations: cost.iterations,
        memorySize: cost.memoryKib,
        parallelism: 1,
        hashLength: 32,
        outputType: 'encoded',
      }),
    };
  } catch (error) {
    return { id, failed: String((error as Error)?.message ?? error) };
  }
}

port.on('message', (asked: PasswordWork) => {
  last = last.then(async () => port.postMessage(await work(asked)));
});
