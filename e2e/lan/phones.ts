import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PhoneOrder } from './phone-process.ts';

/** The process in which the phones live. */
export interface Phones extends AsyncDisposable {
  /** @throws Error with what the phone said. */
  order<T = unknown>(order: PhoneOrder): Promise<T>;
}

/** @param inside - words that start a command on the other computer. */
export function startPhones(inside: readonly string[]): Phones {
  const [command = '', ...before] = [...inside, process.execPath];
  const child = spawn(command, [...before, join(import.meta.dirname, 'phone-process.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let count = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, result, error } = JSON.parse(line) as { id: number; result?: unknown; error?: string };
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(result);
    else one?.reject(new Error(error));
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  void ended.then(() => {
    for (const { reject } of waiting.values()) reject(new Error('The phones’ process has ended.'));
  });
  return {
    order: <T>(order: PhoneOrder) =>
      new Promise<T>((resolve, reject) => {
        const id = ++count;
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        child.stdin.write(`${JSON.stringify({ id, order })}\n`);
      }),
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}
