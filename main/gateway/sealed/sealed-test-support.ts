/** A gateway with a sealed door over real sockets, keepers of keys and devices in memory, and a client on the independent implementation. */
import { WebSocket } from 'ws';
import { ok } from '../../base/result.ts';
import { toBase64url } from '../../crypto/base64url.ts';
import { IndependentClient, newDevice } from '../../crypto/independent-client-test-support.ts';
import { tweetnacl } from '../../crypto/primitives.ts';
import type { Principal } from '../../orchestrator/ports.ts';
import type { Authentication } from '../../security/authenticate.ts';
import type { SealedCredentials, Seen } from '../../security/sealed-credentials.ts';
import { startTestGateway } from '../gateway-test-support.ts';

export const goodKey = `qd_${'g'.repeat(43)}`;
/** 16 bytes in base64url. */
export const pairingCode = toBase64url(new Uint8Array(16).fill(7));

export class TestCredentials implements SealedCredentials {
  readonly serverKey = tweetnacl.keyPair();
  readonly devices = new Map<string, Uint8Array>();
  readonly seen: Seen[] = [];
  codes = new Set([pairingCode]);
  expiresAt: number | null = null;

  devicePublicKey(id: string): Uint8Array | null {
    return this.devices.get(id) ?? null;
  }
  device(id: string, seen: Seen): Authentication {
    return this.#in({ kind: 'device', id, name: 'phone', via: 'sealed' }, seen);
  }
  pair({ code, devicePublicKey }: { code: string; devicePublicKey: Uint8Array }, seen: Seen): Authentication {
    if (!this.codes.delete(code)) return { ok: false, reason: 'invalid' };
    const id = `dev_${this.devices.size + 1}`;
    this.devices.set(id, devicePublicKey);
    return this.device(id, seen);
  }
  key(secret: string, seen: Seen): Authentication {
    if (secret !== goodKey) return { ok: false, reason: 'invalid' };
    return this.#in({ kind: 'api_key', id: 'key_1', name: 'script', via: 'http' }, seen);
  }
  #in(actor: Principal['actor'], seen: Seen): Authentication {
    this.seen.push(seen);
    return { ok: true, by: 'bearer', principal: { actor, scopes: new Set(['chat']) }, expiresAt: this.expiresAt };
  }
}

/** One client on `/ws`, with what it was sent: text frames as text, binary ones as bytes. */
export class RawClient {
  readonly socket: WebSocket;
  readonly frames: (string | Buffer)[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  #wake: (() => void)[] = [];
  #read = 0;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(url, { headers, perMessageDeflate: false });
    this.socket.on('message', (data, isBinary) => {
      this.frames.push(isBinary ? (data as Buffer) : String(data));
      for (const wake of this.#wake.splice(0)) wake();
    });
    this.closed = new Promise((resolve) =>
      this.socket.on('close', (code, reason) => {
        resolve({ code, reason: String(reason) });
        for (const wake of this.#wake.splice(0)) wake();
      }),
    );
    this.socket.on('error', () => {});
  }

  open(): Promise<this> {
    return new Promise((resolve, reject) => {
      this.socket.once('open', () => resolve(this));
      this.socket.once('error', reject);
      this.socket.once('unexpected-response', (_request, response) =>
        reject(new Error(`refused with ${response.statusCode}`)),
      );
    });
  }

  /** The next frame that was not asked for yet. @throws when the connection ended instead. */
  async next(): Promise<string | Buffer> {
    while (this.frames.length <= this.#read) {
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error('closed');
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
    this.#read += 1;
    return this.frames[this.#read - 1]!;
  }
}

export async function startSealedWorld(overrides: Parameters<typeof startTestGateway>[0] = {}) {
  const credentials = new TestCredentials();
  const world = await startTestGateway({ sealed: () => ok(credentials), ...overrides });
  const url = `ws://127.0.0.1:${world.port}/ws`;
  const raws: RawClient[] = [];

  const raw = async (headers: Record<string, string> = {}) => {
    const client = new RawClient(url, headers);
    raws.push(client);
    return client.open();
  };
  /** A client that has shaken hands and shown nothing yet. */
  const greeted = async () => {
    const client = await raw();
    const sealed = new IndependentClient(credentials.serverKey.publicKey);
    client.socket.send(sealed.hello());
    sealed.answered(String(await client.next()));
    const open = async () => sealed.open((await client.next()) as Buffer);
    return { client, sealed, open, send: (frame: object) => client.socket.send(sealed.seal(frame)) };
  };
  /** A client that is in. */
  const entered = async (credential: object = { kind: 'api_key', key: goodKey }) => {
    const one = await greeted();
    one.send(credential);
    const welcome = await one.open();
    if (welcome.type !== 'welcome') throw new Error(JSON.stringify(welcome));
    return one;
  };
  return {
    ...world,
    credentials,
    url,
    raw,
    greeted,
    entered,
    newDevice,
    async stop() {
      for (const client of raws) client.socket.terminate();
      await world.stop();
    },
  };
}

export type SealedWorld = Awaited<ReturnType<typeof startSealedWorld>>;
