import type { ServerResponse } from 'node:http';
import type { Clock } from '../../base/clock.ts';
import { type ErrorCode, errors } from '../../protocol/errors.ts';
import { limits } from '../../protocol/limits.ts';
import type { OpenConnection } from '../open-connection.ts';
import type { SignedIn } from '../sign-in.ts';

/** Proxies and phones drop a connection on which nothing comes; a comment is nothing to a client. */
export const heartbeatMs = 15_000;
/** How long a client waits before it comes back, milliseconds; it says what it saw last by `Last-Event-ID`. */
const retryMs = 2_000;
/** Bytes waiting for a client that reads nothing, above which it is cut off: it comes back and resumes. */
const maxWaitingBytes = 16 * 1_048_576;

/** One event of a stream (WHATWG HTML, 9.2). */
export interface StreamEvent {
  event: string;
  /** `seq` of the last durable event it contains; absent: it contains none, and a client that resumes gets it again in another form. */
  id?: number;
  data: object | string;
}

/** A response that stays open and tells events. It is a client like any other: counted, told when its credential is revoked, cut off when it does not read. */
export class EventStream implements OpenConnection {
  readonly principal: SignedIn['principal'];
  readonly expiresAt: number | null;
  /** A peer that is gone is found by TCP, which every heartbeat asks. */
  readonly heard = true;
  readonly #response: ServerResponse;
  readonly #clock: Clock;
  #onGone: (() => void) | null;
  #cancelHeartbeat: (() => void) | null = null;
  #waiting: (() => void)[] = [];

  /** @param onGone - called once, when it has ended for whatever reason. */
  constructor(response: ServerResponse, who: SignedIn, clock: Clock, onGone: () => void) {
    this.#response = response;
    this.principal = who.principal;
    this.expiresAt = who.expiresAt;
    this.#clock = clock;
    this.#onGone = onGone;
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    response.on('close', () => this.#gone());
    response.on('error', () => this.#gone());
    response.on('drain', () => this.#drained());
    response.socket?.setNoDelay(true);
    response.write(`retry: ${retryMs}\n\n`);
    this.ping();
    if (response.destroyed || response.socket?.destroyed) this.#gone();
  }

  send({ event, id, data }: StreamEvent): void {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    // JSON has no line break of its own, so one line of data is the whole.
    this.#write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${text}\n\n`);
  }

  busy(): boolean {
    return this.#response.writableLength > limits.connectionBusyBytes;
  }

  onceDrained(callback: () => void): void {
    this.#waiting.push(callback);
    if (!this.busy()) queueMicrotask(() => this.#drained());
  }

  ping(): void {
    this.#cancelHeartbeat?.();
    if (this.#onGone === null) return;
    if (!this.busy()) this.#write(': heartbeat\n\n');
    this.#cancelHeartbeat = this.#clock.after(heartbeatMs, () => this.ping());
  }

  close(code: ErrorCode, message: string): void {
    this.send({ event: 'error', data: { type: 'error', code, message, retry: errors[code].retry } });
    this.end();
  }

  /** Ends it after what was sent. */
  end(): void {
    this.#gone();
    this.#response.end();
  }

  terminate(): void {
    this.#gone();
    this.#response.destroy();
  }

  #write(text: string): void {
    if (this.#onGone === null) return;
    this.#response.write(text);
    if (this.#response.writableLength > maxWaitingBytes) this.terminate();
  }

  #drained(): void {
    if (this.#onGone === null || this.busy()) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const callback of waiting) callback();
  }

  #gone(): void {
    const onGone = this.#onGone;
    this.#onGone = null;
    this.#waiting = [];
    this.#cancelHeartbeat?.();
    onGone?.();
  }
}
