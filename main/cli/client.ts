import { randomBytes } from 'node:crypto';
import { err, ok, type Result } from '../base/result.ts';
import type { Command } from '../protocol/commands.ts';
import type { Problem } from '../protocol/errors.ts';
import type { Attach, Detach, Ping, ServerFrame, WatchSessions } from '../protocol/frames.ts';
import type { CommandId } from '../protocol/ids.ts';
import type { Query } from '../protocol/queries.ts';
import type { Transport, TransportListener } from './transport.ts';

type Frame = Command | Query | Zod<typeof Attach> | Zod<typeof Detach> | Zod<typeof WatchSessions> | Zod<typeof Ping>;
type Zod<T extends { _output: unknown }> = T['_output'];
type WithoutId<T> = T extends unknown ? Omit<T, 'command_id'> : never;
/** What may be asked, without the id that is made here. */
export type Asked = WithoutId<Frame>;

export const newCommandId = () => randomBytes(12).toString('base64url') as CommandId;

const lost = (reason: string): Problem => ({
  code: 'shutting_down',
  message: `The connection to Quarterdeck was lost (${reason}).`,
  impact: 'What was running goes on in the app, or was settled by it when it ended.',
  next: 'Run the command again; `sessions` shows how things stand.',
});

/** Asks and listens over a line. Made before the line, because the hall speaks first. */
export class Client implements TransportListener {
  readonly #waiting = new Map<string, (answer: Result<unknown, Problem>) => void>();
  readonly #closed: Promise<string>;
  #tellClosed: (reason: string) => void = () => undefined;
  #gone: string | null = null;
  #transport: Transport | null = null;
  /** Frames that are not answers: events, deltas, lists. */
  onPush: (frame: ServerFrame) => void = () => undefined;

  constructor() {
    this.#closed = new Promise((resolve) => {
      this.#tellClosed = resolve;
    });
  }

  use(transport: Transport): void {
    this.#transport = transport;
  }

  /** Settles with the reason when the line is gone. */
  get closed(): Promise<string> {
    return this.#closed;
  }

  get isClosed(): boolean {
    return this.#gone !== null;
  }

  /** @param command_id - given again for a retry, so that it has no second effect. */
  ask<T = unknown>(asked: Asked, command_id: CommandId = newCommandId()): Promise<Result<T, Problem>> {
    if (this.#gone !== null) return Promise.resolve(err(lost(this.#gone)));
    return new Promise((resolve) => {
      this.#waiting.set(command_id, resolve as (answer: Result<unknown, Problem>) => void);
      this.#transport?.send(JSON.stringify({ ...asked, command_id }));
    });
  }

  pause(): void {
    this.#transport?.pause();
  }

  resume(): void {
    this.#transport?.resume();
  }

  close(): void {
    this.#transport?.close();
  }

  onFrame(text: string): void {
    const frame = JSON.parse(text) as ServerFrame;
    if (frame.type !== 'response') {
      this.onPush(frame);
      return;
    }
    if (frame.command_id === null) return;
    const answer = this.#waiting.get(frame.command_id);
    this.#waiting.delete(frame.command_id);
    answer?.(frame.ok ? ok(frame.result) : err(frame.error));
  }

  onClosed(reason: string): void {
    if (this.#gone !== null) return;
    this.#gone = reason;
    for (const answer of this.#waiting.values()) answer(err(lost(reason)));
    this.#waiting.clear();
    this.#tellClosed(reason);
  }
}
