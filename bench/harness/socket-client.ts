import { WebSocket } from 'ws';
import type { Server } from './server-process.ts';

/** Frames that were sent by any client, so that no two have the same id. */
let asked = 0;

/** A client of a server, in this process: what the bridge of a renderer is to the app. */
export class SocketClient {
  readonly #socket: WebSocket;
  readonly #answers = new Map<
    string,
    { resolve: (result: Record<string, string>) => void; reject: (error: Error) => void }
  >();
  /** Hears every frame, before anything is done with it. @param at - when it arrived, `process.hrtime`, nanoseconds. */
  onFrame: (frame: string, at: bigint) => void = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      const at = process.hrtime.bigint();
      const frame = data.toString();
      this.onFrame(frame, at);
      if (frame.startsWith('{"type":"response"')) this.#answered(JSON.parse(frame));
    });
  }

  static connect({ socketUrl, headers }: Server): Promise<SocketClient> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(socketUrl, { headers, perMessageDeflate: false });
      const client = new SocketClient(socket);
      socket.once('open', () => resolve(client));
      socket.once('error', reject);
    });
  }

  send(frame: string): void {
    this.#socket.send(frame);
  }

  /** Sends a frame of the protocol. @returns the result of its answer. */
  ask(frame: { type: string } & Record<string, unknown>): Promise<Record<string, string>> {
    asked += 1;
    const command_id = `bench-${process.pid}-${Date.now()}-${asked}`;
    return new Promise((resolve, reject) => {
      this.#answers.set(command_id, { resolve, reject });
      this.send(JSON.stringify({ ...frame, command_id }));
    });
  }

  /** Resolves with the first frame from now on of which this is true. */
  until(is: (frame: string) => boolean): Promise<string> {
    return new Promise((resolve) => {
      const before = this.onFrame;
      this.onFrame = (frame, at) => {
        before(frame, at);
        if (!is(frame)) return;
        this.onFrame = before;
        resolve(frame);
      };
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.close();
    });
  }

  #answered(answer: {
    command_id: string;
    ok: boolean;
    result: Record<string, string>;
    error?: { message: string };
  }): void {
    const waiting = this.#answers.get(answer.command_id);
    this.#answers.delete(answer.command_id);
    if (answer.ok) waiting?.resolve(answer.result);
    else waiting?.reject(new Error(`the app refused: ${answer.error?.message}`));
  }
}
