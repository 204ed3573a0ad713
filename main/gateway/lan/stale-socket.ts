import { lstatSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import type { Problem } from '../../protocol/errors.ts';
import { say } from '../../protocol/saying.ts';
import { socketProblem } from './problems.ts';

/** `sun_path` of Linux holds 108 bytes with the closing zero, that of macOS 104. */
const maxPathBytes = 103;

/**
 * Makes room for a socket at this path. One that a killed app left is removed: nobody answers there. Anything else is left as it is.
 * @returns why there is no room; null: there is.
 */
export async function makeRoomForSocket(path: string): Promise<Problem | null> {
  if (Buffer.byteLength(path) > maxPathBytes) {
    return socketProblem(
      say('socket.tooLong', { path, bytes: maxPathBytes }),
      path,
      `has a path longer than the ${maxPathBytes} bytes a system takes`,
      'Use a home with a shorter path.',
    );
  }
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return null;
  if (!found.isSocket()) {
    return socketProblem(
      say('socket.notOurs', { path }),
      path,
      'cannot be opened: something else is there',
      'Look at it, and move it away.',
    );
  }
  if (await answers(path)) {
    return socketProblem(
      say('socket.inUse', { path }),
      path,
      'is in use by another program',
      'End that program, then try again.',
    );
  }
  rmSync(path, { force: true });
  return null;
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => done(true));
    socket.once('connect', () => done(true));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      done(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'),
    );
  });
}
