import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { FollowedDoor, Seen, Told } from '../fixtures/followers.ts';
import type { Server } from './server-process.ts';
import { sealedDoor } from './socket-client.ts';

interface Answer {
  ready?: true;
  done?: unknown;
  failed?: string;
}

/** Clients of one server, all in one process of their own: what they cost is neither the server's nor that of whoever measures. */
export class Followers {
  readonly count: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, count: number) {
    this.#child = child;
    this.count = count;
  }

  /** @returns when all of them follow. */
  static async start(door: FollowedDoor, count: number): Promise<Followers> {
    const child = fork(join(import.meta.dirname, '../fixtures/followers.ts'), {
      execPath: process.execPath,
      execArgv: [],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const followers = new Followers(child, count);
    await followers.#tell({ do: 'connect', count, door });
    return followers;
  }

  /** @param begin - makes the turn begin. @returns what they saw of it, when all have seen its end. */
  async turn(begin: () => void): Promise<Seen> {
    return (await this.#tell({ do: 'turn' }, begin)) as Seen;
  }

  /** From now on none of them reads. */
  async stall(): Promise<void> {
    await this.#tell({ do: 'stall' });
  }

  async stop(): Promise<void> {
    await this.#tell({ do: 'close' });
    this.kill();
  }

  /** Ends them without a goodbye. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #tell(told: Told, onReady: () => void = () => {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error('the process of the clients has ended'));
      const hear = (answer: Answer) => {
        if (answer.ready) {
          onReady();
          return;
        }
        this.#child.off('message', hear);
        this.#child.off('exit', ended);
        if (answer.failed === undefined) resolve(answer.done);
        else reject(new Error(answer.failed));
      };
      this.#child.on('message', hear);
      this.#child.once('exit', ended);
      this.#child.send(told);
    });
  }
}

export const floorDoor = ({ socketUrl }: Server): FollowedDoor => ({ kind: 'floor', socketUrl });

export const plainDoor = ({ socketUrl, headers }: Server, session_id: string): FollowedDoor => ({
  kind: 'plain',
  socketUrl,
  headers,
  session_id,
});

export async function sealedDoorOf(server: Server, session_id: string): Promise<FollowedDoor> {
  const { url, key, serverKey } = await sealedDoor(server);
  return { kind: 'sealed', url, key, serverKey: Buffer.from(serverKey).toString('base64url'), session_id };
}
