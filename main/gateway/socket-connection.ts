import type { WebSocket } from 'ws';
import type { Clock } from '../base/clock.ts';
import type { Connection, Hall, Log, Principal, SeenClient, Sink } from '../orchestrator/ports.ts';
import { type ErrorCode, errors } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { OpenConnection } from './open-connection.ts';
import { defect } from './problems.ts';
import { textWire, type Unreadable, type Wire } from './wire.ts';

/**
 * Bytes waiting for a client above which it is cut off. Deltas and replays stop growing at `limits.connectionBusyBytes`; only answers to a
 * client's own questions can pile up beyond it, and who asks on and on without reading must not fill the memory. It comes back and resumes.
 */
const maxWaitingBytes = 64 * 1_048_576;
/** How long a client may take to answer the closing handshake. */
const closeWithinMs = 1_000;

/** One WebSocket as the hall sees it: a sink for frames, and a source of text. */
export class SocketConnection implements Sink, OpenConnection {
  readonly principal: Principal;
  /** Milliseconds since 1970 at which the credential ends; null: never. */
  readonly expiresAt: number | null;
  readonly seen: SeenClient | undefined;
  /** Something came from the peer since the last look of the heartbeat. */
  heard = true;
  readonly #socket: WebSocket;
  readonly #wire: Wire;
  readonly #clock: Clock;
  readonly #log: Log;
  #connection: Connection | null = null;
  #closing = false;
  #waiting: (() => void)[] = [];

  constructor(
    socket: WebSocket,
    who: { principal: Principal; expiresAt: number | null; seen?: SeenClient },
    deps: { clock: Clock; log: Log },
    wire: Wire = textWire,
  ) {
    this.#wire = wire;
    this.#socket = socket;
    this.principal = who.principal;
    this.expiresAt = who.expiresAt;
    this.seen = who.seen;
    this.#clock = deps.clock;
    this.#log = deps.log;
  }

  /** Brings the client into the hall. Call in the tick in which it was known: what it sends at once would be lost otherwise. */
  enter(hall: Hall, onClosed: () => void): void {
    const socket = this.#socket;
    socket.on('error', (error) => this.#log.debug('socket failed', { error: error.message }));
    socket.on('pong', () => {
      this.heard = true;
    });
    socket.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary));
    socket.on('close', () => {
      this.#leave();
      onClosed();
    });
    try {
      this.#connection = hall.connect(this.principal, this);
    } catch (error) {
      this.#log.error('letting a client in failed', { error });
      this.close('internal', defect.message);
    }
    if (this.#closing) this.#leave();
  }

  send(frame: string): void {
    if (this.#closing || this.#socket.readyState !== this.#socket.OPEN) return;
    this.#wire.send(this.#socket, frame, this.#afterSend);
    if (this.#socket.bufferedAmount <= maxWaitingBytes) return;
    this.#log.warn('client does not read, cut off', { actor: this.principal.actor });
    this.terminate();
  }

  busy(): boolean {
    return this.#socket.bufferedAmount > limits.connectionBusyBytes;
  }

  onceDrained(callback: () => void): void {
    this.#waiting.push(callback);
    if (!this.busy()) queueMicrotask(this.#afterSend);
  }

  close(code: ErrorCode, message: string): void {
    if (this.#closing) return;
    this.send(JSON.stringify({ type: 'closing', code, message }));
    this.#closing = true;
    // Nothing more is taken from this client, whether or not it goes along with the closing.
    this.#leave();
    this.#socket.close(closeCodeOf(code), code);
    const cancel = this.#clock.after(closeWithinMs, () => this.#socket.terminate());
    this.#socket.once('close', cancel);
  }

  /** Takes one frame of the client, as it was opened. */
  hear(text: string): void {
    try {
      this.#connection?.receive(text);
    } catch (error) {
      // A defect behind the door must not take the other connections with it.
      this.#log.error('receiving a frame failed', { error });
      this.close('internal', defect.message);
    }
  }

  /** Ends it instead of letting it in. */
  refuse(code: ErrorCode, message: string): void {
    this.#socket.on('error', () => this.#socket.terminate());
    this.close(code, message);
  }

  ping(): void {
    this.heard = false;
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
  }

  /** Ends the connection without a word: the peer is gone or does not read. */
  terminate(): void {
    this.#closing = true;
    this.#leave();
    this.#socket.terminate();
  }

  readonly #afterSend = (): void => {
    if (this.#waiting.length === 0 || this.#closing || this.busy()) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const callback of waiting) callback();
  };

  #receive(data: Buffer, isBinary: boolean): void {
    this.heard = true;
    if (this.#closing) return;
    const text = this.#wire.read(data, isBinary);
    if (typeof text === 'string') this.hear(text);
    else this.#unreadable(text);
  }

  #unreadable({ code, say, message, next }: Unreadable): void {
    if (errors[code].closes) {
      this.#log.warn('a frame could not be read, connection closed', { code, actor: this.principal.actor });
      this.close(code, message);
      return;
    }
    const error = { code, say, message, impact: 'It was not carried out.', next };
    this.send(JSON.stringify({ type: 'response', command_id: null, ok: false, error }));
  }

  #leave(): void {
    this.#waiting = [];
    const connection = this.#connection;
    this.#connection = null;
    connection?.close();
  }
}

/** Codes that close by the protocol's table; any other reason to close is the server's (1011). */
function closeCodeOf(code: ErrorCode): number {
  return errors[code].closes || 1011;
}
