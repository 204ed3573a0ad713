/**
 * The sealed transport, version 2, once more: written from docs/sealed-transport.md on the @noble packages, without TweetNaCl and without a line of
 * this room. What it and the app agree on is what the document says, not what they share.
 */
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const b64u = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** X25519; a public key of low order throws in @noble. */
export const dh = (secret: Uint8Array, publicKey: Uint8Array) => x25519.getSharedSecret(secret, publicKey);

const u32 = (bytes: Uint8Array) => {
  const words = new Uint32Array(bytes.length / 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < words.length; at += 1) words[at] = view.getUint32(at * 4, true);
  return words;
};

/** crypto_box_beforenm: HSalsa20 of the shared point with a zero input. */
export function boxKey(secret: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const out = new Uint32Array(8);
  hsalsa(u32(utf8('expand 32-byte k')), u32(dh(secret, publicKey)), new Uint32Array(4), out);
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < 8; at += 1) view.setUint32(at * 4, out[at]!, true);
  return bytes;
}

export const sealWith = (key: Uint8Array, nonce: Uint8Array, message: Uint8Array) =>
  xsalsa20poly1305(key, nonce).encrypt(message);
export const openWith = (key: Uint8Array, nonce: Uint8Array, box: Uint8Array) =>
  xsalsa20poly1305(key, nonce).decrypt(box);

export function nonceOf(prefix: Uint8Array, counter: bigint): Uint8Array {
  const nonce = new Uint8Array(24);
  nonce.set(prefix);
  new DataView(nonce.buffer).setBigUint64(16, counter, false);
  return nonce;
}

export function derive(
  ee: Uint8Array,
  es: Uint8Array,
  clientEphemeral: Uint8Array,
  serverEphemeral: Uint8Array,
  server: Uint8Array,
) {
  const transcript = sha512(join(utf8('quarterdeck/2 transcript'), clientEphemeral, serverEphemeral, server));
  const direction = (name: string) => {
    const bytes = sha512(join(utf8(`quarterdeck/2 ${name}`), ee, es, transcript));
    return { key: bytes.slice(0, 32), prefix: bytes.slice(32, 48) };
  };
  return { transcript, toServer: direction('client to server'), toClient: direction('server to client') };
}

/** One connection of the independent client, frame by frame. */
export class IndependentClient {
  readonly #secret = crypto.getRandomValues(new Uint8Array(32));
  readonly #serverKey: Uint8Array;
  keys: ReturnType<typeof derive> | null = null;
  serverEphemeral: Uint8Array | null = null;
  #sent = 0n;
  #received = 0n;

  constructor(serverKey: Uint8Array) {
    this.#serverKey = serverKey;
  }

  hello(): string {
    return JSON.stringify({ type: 'auth', v: 2, e2e_pk: b64u(x25519.getPublicKey(this.#secret)) });
  }

  answered(text: string): void {
    const { type, v, e2e_pk, sealed } = JSON.parse(text);
    if (type !== 'auth_ok' || v !== 2) throw new Error(`no answer of version 2: ${text}`);
    const serverEphemeral = bytesOf(e2e_pk);
    const bytes = bytesOf(sealed);
    const inner = openWith(boxKey(this.#secret, this.#serverKey), bytes.slice(0, 24), bytes.slice(24));
    if (JSON.parse(Buffer.from(inner).toString()).e2e_pk !== e2e_pk) throw new Error('somebody in the middle');
    this.serverEphemeral = serverEphemeral;
    this.keys = derive(
      dh(this.#secret, serverEphemeral),
      dh(this.#secret, this.#serverKey),
      x25519.getPublicKey(this.#secret),
      serverEphemeral,
      this.#serverKey,
    );
  }

  proof(deviceSecret: Uint8Array): string {
    const nonce = crypto.getRandomValues(new Uint8Array(24));
    return b64u(join(nonce, sealWith(boxKey(deviceSecret, this.serverEphemeral!), nonce, this.keys!.transcript)));
  }

  seal(frame: object): Uint8Array {
    const nonce = nonceOf(this.keys!.toServer.prefix, this.#sent);
    this.#sent += 1n;
    return join(nonce, sealWith(this.keys!.toServer.key, nonce, utf8(JSON.stringify(frame))));
  }

  open(frame: Uint8Array): Record<string, unknown> {
    const nonce = nonceOf(this.keys!.toClient.prefix, this.#received);
    this.#received += 1n;
    if (!Buffer.from(frame.slice(0, 24)).equals(nonce)) throw new Error('not the next frame');
    return JSON.parse(Buffer.from(openWith(this.keys!.toClient.key, nonce, frame.slice(24))).toString());
  }
}

export const newDevice = () => {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  return { secret, publicKey: x25519.getPublicKey(secret), device_pk: b64u(x25519.getPublicKey(secret)) };
};
