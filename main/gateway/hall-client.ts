import { randomBytes } from 'node:crypto';
import type { Connection, Hall, Principal, Sink } from '../orchestrator/ports.ts';
import type { Problem } from '../protocol/errors.ts';
import type { ClientFrame, ServerFrame, ServerFrameOf } from '../protocol/frames.ts';
import { CommandId } from '../protocol/ids.ts';
import { say } from '../protocol/saying.ts';

type WithoutId<F> = F extends unknown ? Omit<F, 'command_id'> : never;
/** A frame for the hall without its id. */
export type Asked = WithoutId<ClientFrame>;
export type Answered = { ok: true; result: unknown } | { ok: false; error: Problem };

/**
 * A door's own client of the hall, for doors whose clients speak something else than our frames: asks by frames as any client does, so that what
 * may be done is decided in the same place, and hands over everything that is not an answer.
 */
export class HallClient {
  readonly #connection: Connection;
  readonly #waiting = new Map<string, (answered: Answered) => void>();
  readonly #onFrame: (frame: ServerFrame) => void;

  /** @param sink.close - what still waits for an answer is refused first. */
  constructor(hall: Hall, principal: Principal, sink: Omit<Sink, 'send'>, onFrame: (frame: ServerFrame) => void) {
    this.#onFrame = onFrame;
    this.#connection = hall.connect(principal, {
      send: (text) => this.#receive(JSON.parse(text) as ServerFrame),
      seen: sink.seen,
      busy: () => sink.busy(),
      onceDrained: (callback) => sink.onceDrained(callback),
      close: (code, message) => {
        const waiting = [...this.#waiting.values()];
        this.#waiting.clear();
        for (const answered of waiting) answered({ ok: false, error: { code, message } });
        sink.close(code, message);
      },
    });
  }

  /**
   * @param answered - called in the order in which the hall speaks, so before any frame that comes after the answer.
   * @param command_id - of a client that may ask again; without one it is made here.
   */
  ask(frame: Asked, answered: (answer: Answered) => void, command_id: string = newId()): void {
    this.#waiting.set(command_id, answered);
    this.#connection.receive(JSON.stringify({ ...frame, command_id }));
  }

  answerTo(frame: Asked, command_id?: string): Promise<Answered> {
    return new Promise((resolve) => this.ask(frame, resolve, command_id));
  }

  /** Whoever still waits for an answer is told that none comes: nobody may wait for ever behind them. */
  close(): void {
    this.#connection.close();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const answered of waiting) answered({ ok: false, error: gone });
  }

  #receive(frame: ServerFrame): void {
    if (frame.type !== 'response') {
      this.#onFrame(frame);
      return;
    }
    const { command_id } = frame as ServerFrameOf<'response'>;
    const answered = this.#waiting.get(command_id ?? '');
    if (!answered) return;
    this.#waiting.delete(command_id ?? '');
    const answer = frame as { ok: boolean; result?: unknown; error?: Problem };
    answered(answer.ok ? { ok: true, result: answer.result } : { ok: false, error: answer.error! });
  }
}

/** One question of somebody who is not in the hall otherwise. @returns its result; null: refused. */
export async function askOnce(hall: Hall, principal: Principal, frame: Asked): Promise<unknown> {
  const sink = { busy: () => false, onceDrained: queueMicrotask, close: () => {} };
  const client = new HallClient(hall, principal, sink, () => {});
  const answer = await client.answerTo(frame);
  client.close();
  return answer.ok ? answer.result : null;
}

const gone: Problem = {
  code: 'interrupted',
  say: say('link.endedBeforeAnswer'),
  message: 'The connection ended before the answer came.',
  impact: 'It may have been carried out.',
  next: 'Connect again and look.',
};
const newId = () => CommandId.parse(randomBytes(12).toString('base64url'));
