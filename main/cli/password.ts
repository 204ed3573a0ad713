import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { err, type Result } from '../base/result.ts';
import type { SignInWays } from '../protocol/access.ts';
import type { Problem } from '../protocol/errors.ts';
import type { Client } from './client.ts';

interface Streams {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream;
}

/**
 * Reads a new password: from the terminal without showing it, or the first line of stdin. Never from the arguments, which every user of the machine
 * can read while the command runs.
 * @returns '' when the input ended without a line.
 */
export async function readPassword(
  { input, output }: Streams = { input: process.stdin, output: process.stderr },
): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input, output: silent, terminal: input.isTTY === true });
  if (input.isTTY) output.write('New password: ');
  try {
    return await new Promise<string>((resolve) => {
      terminal.once('line', resolve);
      terminal.once('close', () => resolve(''));
      terminal.once('SIGINT', () => resolve(''));
    });
  } finally {
    terminal.close();
    if (input.isTTY) output.write('\n');
  }
}

/** @param password - null: there is to be none. */
export async function setPassword(client: Client, password: string | null): Promise<Result<SignInWays, Problem>> {
  if (password === null || (password.length >= 8 && password.length <= 1000)) {
    return client.ask<SignInWays>({ type: 'password_set', password });
  }
  return err({
    code: 'invalid_frame',
    message: password === '' ? 'No password was given.' : 'A password needs 8 to 1000 characters.',
    impact: 'Nothing was changed.',
    next: 'Run the command again and type it, or give it as a line on stdin.',
  });
}
