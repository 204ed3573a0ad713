import { toBase64url } from './base64url.ts';
import { fromUtf8, jsonObject, toUtf8 } from './bytes.ts';
import { proveDevice } from './device-proof.ts';
import { fingerprintOf } from './fingerprint.ts';
import { helloOf, readAnswer, type SealedLimits } from './handshake.ts';
import { type KeyPair, type Primitives, tweetnacl } from './primitives.ts';
import { SealedReceiver, SealedSender } from './sealed-frames.ts';

/** Who the client says it is, inside the sealed channel. */
export type SealedCredential =
  /** @property code - 16 bytes, from the link. @property device - its key pair, kept for later. */
  | { kind: 'pairing'; code: Uint8Array; device: KeyPair; name: string }
  | { kind: 'device'; deviceId: string; device: KeyPair }
  | { kind: 'api_key'; key: string };

export interface SealedClientOptions {
  /** Pinned key of the gateway, 32 bytes. Null: to learn it, so that a person can compare the fingerprint; no credential is sent then. */
  serverKey: Uint8Array | null;
  credential: SealedCredential | null;
  /** session_id -> last `seq` that the client has: followed from the first moment on. */
  attach?: Readonly<Record<string, number>>;
  primitives?: Primitives;
}

/** Why a connection cannot go on. The last three are the server's own words, read in clear before the channel was there: anybody can forge them. */
export type SealedFailure =
  | { code: 'wrong_server' | 'not_sealed' | 'decrypt_failed' | 'replay_detected' }
  | { code: 'refused'; said: { code: string; message: string; retry_after_ms?: number } };

export type SealedStep =
  /** Send these, in order. */
  | { kind: 'send'; frames: Uint8Array[]; limits: SealedLimits }
  /** One JSON text of the native protocol; the first is `welcome`, or `closing` with the reason. */
  | { kind: 'message'; text: string }
  /** Only without a pinned key: close, let a person compare, come again with it. */
  | { kind: 'server_key'; publicKey: Uint8Array; fingerprint: string }
  /** Close the socket. */
  | { kind: 'failed'; failure: SealedFailure };

/**
 * A client of the sealed transport, version 2, over any socket: send `hello` as text as soon as it is open, feed what comes, do what each step says.
 * One object for one connection.
 */
export class SealedClient {
  readonly hello: string;
  readonly #options: SealedClientOptions;
  readonly #primitives: Primitives;
  #ephemeral: KeyPair | null;
  #sender: SealedSender | null = null;
  #receiver: SealedReceiver | null = null;
  #failed: SealedStep | null = null;

  constructor(options: SealedClientOptions) {
    this.#options = options;
    this.#primitives = options.primitives ?? tweetnacl;
    this.#ephemeral = this.#primitives.keyPair();
    this.hello = helloOf(this.#ephemeral.publicKey);
  }

  /** The channel is there: frames can be sealed. The server has not said yet that it lets this client in. */
  get open(): boolean {
    return this.#sender !== null && this.#failed === null;
  }

  /** @param frame - a text frame as text, a binary one as bytes. */
  receive(frame: string | Uint8Array): SealedStep {
    if (this.#failed) return this.#failed;
    if (this.#receiver) return typeof frame === 'string' ? this.#fail('decrypt_failed') : this.#opened(frame);
    return typeof frame === 'string' ? this.#answered(frame) : this.#fail('not_sealed');
  }

  /** Seals one JSON text of the native protocol. @throws {Error} before the channel is there: a defect of the caller. */
  seal(text: string): Uint8Array {
    if (!this.#sender) throw new Error('The sealed channel is not open yet.');
    return this.#sender.seal(toUtf8(text));
  }

  #answered(frame: string): SealedStep {
    const ephemeral = this.#ephemeral!;
    const { serverKey, credential, attach } = this.#options;
    const greeted = readAnswer(this.#primitives, ephemeral, serverKey, frame);
    if (!greeted.ok) {
      const said = jsonObject(frame);
      if (said?.type !== 'error') return this.#fail(greeted.reason);
      return this.#failWith({
        code: 'refused',
        said: {
          code: String(said.code).slice(0, 100),
          message: String(said.message).slice(0, 500),
          ...(typeof said.retry_after_ms === 'number' ? { retry_after_ms: said.retry_after_ms } : {}),
        },
      });
    }
    this.#ephemeral = null;
    if (serverKey === null || credential === null) {
      const step: SealedStep = {
        kind: 'server_key',
        publicKey: greeted.serverKey,
        fingerprint: fingerprintOf(greeted.serverKey, this.#primitives),
      };
      this.#failed = step;
      return step;
    }
    this.#sender = new SealedSender(this.#primitives, greeted.keys.toServer);
    this.#receiver = new SealedReceiver(this.#primitives, greeted.keys.toClient);
    const shown = this.#shown(credential, greeted.serverEphemeral, greeted.keys.transcript);
    const first = this.seal(JSON.stringify({ ...shown, attach: attach ?? {} }));
    return { kind: 'send', frames: [first], limits: greeted.limits };
  }

  #shown(credential: SealedCredential, serverEphemeral: Uint8Array, transcript: Uint8Array): object {
    if (credential.kind === 'api_key') return credential;
    const { kind, device } = credential;
    const proof = toBase64url(proveDevice(this.#primitives, device, serverEphemeral, transcript));
    if (kind === 'device') return { kind, device_id: credential.deviceId, proof };
    return {
      kind,
      code: toBase64url(credential.code),
      device_pk: toBase64url(device.publicKey),
      device_name: credential.name,
      proof,
    };
  }

  #opened(frame: Uint8Array): SealedStep {
    const opened = this.#receiver!.open(frame);
    if (typeof opened === 'string') return this.#fail(opened);
    const text = fromUtf8(opened);
    return text === null ? this.#fail('decrypt_failed') : { kind: 'message', text };
  }

  #fail(code: 'wrong_server' | 'not_sealed' | 'decrypt_failed' | 'replay_detected'): SealedStep {
    return this.#failWith({ code });
  }

  #failWith(failure: SealedFailure): SealedStep {
    this.#failed = { kind: 'failed', failure };
    return this.#failed;
  }
}
