import { WebSocket } from 'ws';
import { SealedClient } from '../../main/crypto/sealed-client.ts';
import { loadPrimitives } from '../../main/gateway/sealed/native-primitives.ts';
import type { Server } from './server-process.ts';

/** Frames that were sent by any client, so that no two have the same id. */
let asked = 0;

const primitives = loadPrimitives({ info: (message) => console.error(message) });

/** What a client of the sealed door needs. */
export interface SealedDoor {
  url: string;
  key: string;
  serverKey: Uint8Array;
}

/** The sealed door of an app that was started, with the owner's token: the one credential that may open a thousand connections. */
export async function sealedDoor({ socketUrl, headers }: Server): Promise<SealedDoor> {
  const url = new URL('/ws', socketUrl).href;
  const learn = new SealedClient({ serverKey: null, credential: null, primitives });
  const socket = new WebSocket(url);
  socket.once('open', () => socket.send(learn.hello));
  const answer = await new Promise<string>((resolve, reject) => {
    socket.once('message', (data) => resolve(data.toString()));
    socket.once('error', reject);
  });
  socket.close();
  const step = learn.receive(answer);
  if (step.kind !== 'server_key') throw new Error(JSON.stringify(step));
  return { url, key: headers.authorization!.replace('Bearer ', ''), serverKey: step.publicKey };
}

/** A client of a server, in this process: what the bridge of a renderer is to the app. */
export class SocketClient {
  readonly #socket: WebSocket;
  /** Null: frames travel as text. */
  readonly #sealed: SealedClient | null;
  readonly #answers = new Map<
    string,
    { resolve: (result: Record<string, string>) => void; reject: (error: Error) => void }
  >();
  /** Hears every frame, before anything is done with it. @param at - when it was there to be read (opened), `process.hrtime`, nanoseconds. */
  onFrame: (frame: string, at: bigint) => void = () => {};

  private constructor(socket: WebSocket, sealed: SealedClient | null) {
    this.#socket = socket;
    this.#sealed = sealed;
  }

  #hear(frame: string): void {
    this.onFrame(frame, process.hrtime.bigint());
    if (frame.startsWith('{"type":"response"')) this.#answered(JSON.parse(frame));
  }

  static connect({ socketUrl, headers }: Pick<Server, 'socketUrl' | 'headers'>): Promise<SocketClient> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(socketUrl, { headers, perMessageDeflate: false });
      const client = new SocketClient(socket, null);
      socket.on('message', (data) => client.#hear(data.toString()));
      socket.once('open', () => resolve(client));
      socket.once('error', reject);
    });
  }

  /**
   * By the sealed door. @returns when the server has let it in.
   * @param attach - session_id -> last `seq` it has: followed at once. @param onFrame - hears every frame, the first as well.
   */
  static connectSealed(
    { url, key, serverKey }: SealedDoor,
    attach: Record<string, number> = {},
    onFrame: SocketClient['onFrame'] = () => {},
  ): Promise<SocketClient> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { perMessageDeflate: false });
      const sealed = new SealedClient({ serverKey, credential: { kind: 'api_key', key }, attach, primitives });
      const client = new SocketClient(socket, sealed);
      client.onFrame = onFrame;
      socket.once('open', () => socket.send(sealed.hello));
      socket.once('error', reject);
      socket.once('close', (code, reason) => reject(new Error(`closed: ${code} ${reason}`)));
      socket.on('message', (data, isBinary) => {
        const step = sealed.receive(isBinary ? (data as Buffer) : data.toString());
        if (step.kind === 'send') for (const frame of step.frames) socket.send(frame);
        else if (step.kind === 'message') {
          if (step.text.startsWith('{"type":"welcome"')) resolve(client);
          client.#hear(step.text);
        } else reject(new Error(JSON.stringify(step)));
      });
    });
  }

  send(frame: string): void {
    this.#socket.send(this.#sealed ? this.#sealed.seal(frame) : frame);
  }

  /** Reads nothing any more: what the server sends fills the socket, then the server. */
  stall(): void {
    this.#socket.pause();
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
