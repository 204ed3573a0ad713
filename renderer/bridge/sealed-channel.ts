import { fromBase64url, toBase64url } from '../../main/crypto/base64url.ts';
import type { KeyPair } from '../../main/crypto/primitives.ts';
import { SealedClient, type SealedCredential } from '../../main/crypto/sealed-client.ts';
import type { Channel, ClosedWhy, CredentialChannel, KeyQuestion } from './channel.ts';
import type { KnownGateway } from './known-gateway.ts';
import { socketUrl } from './socket-url.ts';

/** Opens a socket to the sealed door of an address and makes the handshake. What cannot be opened closes with the reason, never throws. */
export function openSealedChannel(options: CredentialChannel | KeyQuestion): Channel {
  const url = socketUrl(options.address, location.protocol);
  let socket: WebSocket | null = null;
  try {
    socket = url === null ? null : new WebSocket(url);
  } catch {
    // The page came over TLS and may not open a socket without.
  }
  if (!socket) {
    queueMicrotask(() => options.onClosed('unreachable'));
    return { send: () => false, close: () => {} };
  }
  return new SealedSocket(socket, options);
}

class SealedSocket implements Channel {
  readonly #socket: WebSocket;
  readonly #options: CredentialChannel | KeyQuestion;
  #client: SealedClient | null = null;
  #why: ClosedWhy = 'unreachable';

  constructor(socket: WebSocket, options: CredentialChannel | KeyQuestion) {
    this.#socket = socket;
    this.#options = options;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#begin();
    socket.onmessage = ({ data }) => this.#receive(typeof data === 'string' ? data : new Uint8Array(data));
    socket.onclose = () => this.#options.onClosed(this.#why);
  }

  send(text: string): boolean {
    if (this.#socket.readyState !== WebSocket.OPEN || !this.#client?.open) return false;
    this.#socket.send(this.#client.seal(text) as Uint8Array<ArrayBuffer>);
    return true;
  }

  close(): void {
    this.#socket.onmessage = null;
    this.#socket.close();
  }

  #begin(): void {
    const options = this.#options;
    this.#client =
      options.serverKey === null
        ? new SealedClient({ serverKey: null, credential: null })
        : new SealedClient({
            serverKey: fromBase64url(options.serverKey),
            credential: credentialOf(options.credential, options.deviceName),
            attach: Object.fromEntries(options.following()),
          });
    this.#socket.send(this.#client.hello);
  }

  #receive(frame: string | Uint8Array): void {
    const step = this.#client!.receive(frame);
    const options = this.#options;
    switch (step.kind) {
      case 'send':
        this.#why = 'closed';
        for (const one of step.frames) this.#socket.send(one as Uint8Array<ArrayBuffer>);
        return;
      case 'message':
        if (options.serverKey !== null) options.onText(step.text);
        return;
      case 'server_key':
        if (options.serverKey === null) options.onServerKey(toBase64url(step.publicKey));
        return;
      case 'failed':
        // What was said in clear can be anybody's word: it is a reason to try again, and none to give up.
        if (step.failure.code !== 'refused' && step.failure.code !== 'not_sealed') this.#why = 'untrusted';
        this.#socket.close();
    }
  }
}

function credentialOf(credential: KnownGateway['credential'], name: string): SealedCredential {
  switch (credential.kind) {
    case 'api_key':
      return credential;
    case 'device':
      return { kind: 'device', deviceId: credential.deviceId, device: keyPairOf(credential) };
    case 'pairing':
      return { kind: 'pairing', code: fromBase64url(credential.code)!, device: keyPairOf(credential), name };
  }
}

const keyPairOf = (keys: { publicKey: string; secretKey: string }): KeyPair => ({
  publicKey: fromBase64url(keys.publicKey)!,
  secretKey: fromBase64url(keys.secretKey)!,
});
