/**
 * A ductor client written from docs/clients/ductor.md alone, on @noble: it shares no code and no library with the server. Keeps every frame it got.
 */
import { randomBytes } from 'node:crypto';
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { WebSocket } from 'ws';

export interface DuctorFrame {
  type: string;
  [field: string]: unknown;
}

const words = (bytes: Uint8Array) =>
  new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));

/** NaCl's `crypto_box_beforenm`: HSalsa20 over the X25519 secret. */
function sharedKey(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const sigma = words(new TextEncoder().encode('expand 32-byte k'));
  const out = new Uint32Array(8);
  hsalsa(sigma, words(x25519.getSharedSecret(secretKey, publicKey)), words(new Uint8Array(16)), out);
  return new Uint8Array(out.buffer);
}

export class DuctorTestClient {
  readonly socket: WebSocket;
  /** Opened frames after `auth_ok`, and the clear ones before. */
  readonly frames: DuctorFrame[] = [];
  /** Text frames as they came. */
  readonly wire: string[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #secretKey = x25519.utils.randomSecretKey();
  #key: Uint8Array | null = null;
  #read = 0;
  #wake: (() => void)[] = [];

  constructor(url: string) {
    this.socket = new WebSocket(url);
    this.socket.on('error', () => {});
    this.socket.on('message', (data) => this.#receive(String(data)));
    this.closed = new Promise((resolve) =>
      this.socket.on('close', (code, reason) => {
        resolve({ code, reason: String(reason) });
        for (const wake of this.#wake.splice(0)) wake();
      }),
    );
  }

  static async open(url: string): Promise<DuctorTestClient> {
    const client = new DuctorTestClient(url);
    await new Promise<void>((resolve, reject) => {
      client.socket.on('open', resolve);
      client.socket.on('error', reject);
    });
    return client;
  }

  /** Connects and shows its token. @returns the client, once `auth_ok` came. */
  static async enter(url: string, token: string, more: object = {}): Promise<DuctorTestClient> {
    const client = await DuctorTestClient.open(url);
    client.hello({ token, ...more });
    const answer = await client.next();
    if (answer.type !== 'auth_ok') throw new Error(JSON.stringify(answer));
    return client;
  }

  hello(fields: object = {}): void {
    const e2e_pk = Buffer.from(x25519.getPublicKey(this.#secretKey)).toString('base64');
    this.socket.send(JSON.stringify({ type: 'auth', e2e_pk, ...fields }));
  }

  seal(text: string | Uint8Array, nonce: Uint8Array = randomBytes(24)): string {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    return Buffer.concat([nonce, xsalsa20poly1305(this.#key!, nonce).encrypt(bytes)]).toString('base64');
  }

  /** @returns the frame as it went over the wire. */
  send(value: unknown): string {
    const frame = this.seal(JSON.stringify(value));
    this.socket.send(frame);
    return frame;
  }

  /** The next frame that was not taken yet. */
  async next(): Promise<DuctorFrame> {
    while (this.#read >= this.frames.length) {
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error('closed');
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
    this.#read += 1;
    return this.frames[this.#read - 1]!;
  }

  /** Frames up to and with the first of this type. */
  async until(type: string): Promise<DuctorFrame[]> {
    const taken: DuctorFrame[] = [];
    for (;;) {
      taken.push(await this.next());
      if (taken.at(-1)!.type === type) return taken;
    }
  }

  /** Says something and waits for the end of it. @returns the result and what came before it. */
  async say(text: string): Promise<{ result: DuctorFrame; before: DuctorFrame[] }> {
    this.send({ type: 'message', text });
    const before: DuctorFrame[] = [];
    for (;;) {
      const frame = await this.next();
      if (frame.type === 'result' || frame.type === 'error') return { result: frame, before };
      before.push(frame);
    }
  }

  #receive(text: string): void {
    this.wire.push(text);
    this.frames.push(this.#key === null ? this.#clear(text) : this.#open(text));
    for (const wake of this.#wake.splice(0)) wake();
  }

  #clear(text: string): DuctorFrame {
    const frame = JSON.parse(text) as DuctorFrame;
    if (frame.type === 'auth_ok') this.#key = sharedKey(this.#secretKey, Buffer.from(String(frame.e2e_pk), 'base64'));
    return frame;
  }

  #open(text: string): DuctorFrame {
    const bytes = Buffer.from(text, 'base64');
    const opened = xsalsa20poly1305(this.#key!, bytes.subarray(0, 24)).decrypt(bytes.subarray(24));
    return JSON.parse(new TextDecoder().decode(opened)) as DuctorFrame;
  }
}
