import { WebSocket } from 'ws';
import { fromBase64url } from '../../main/crypto/base64url.ts';
import type { KeyPair } from '../../main/crypto/primitives.ts';
import { SealedClient, type SealedCredential } from '../../main/crypto/sealed-client.ts';
import type { Connect, Transport } from './resuming-client.ts';

/** How a client on another machine is let in. */
export interface SealedAccess {
  serverKey: Uint8Array;
  /** Tried one after the other, `host:port`. */
  hosts: readonly string[];
  credential: () => SealedCredential;
  /** Told when a pairing made a device of it. */
  onPaired?: (deviceId: string) => void;
  /** Bytes that come from and go to the network, for those who damage them on the way. */
  onSocket?: (socket: WebSocket) => void;
}

/** A socket with a way to its TCP connection, which `ws` keeps to itself. */
type WithTcp = WebSocket & { _socket?: { resetAndDestroy(): void; pause(): void; resume(): void } };

/** The connection under a transport of this file, for faults. */
export const tcpOf = (transport: Transport) => (transport as Transport & { socket: WithTcp }).socket._socket;

/** The sealed door, version 2. */
export function sealedTransport(access: SealedAccess): Connect {
  let next = 0;
  return (attach, events) => {
    const host = access.hosts[next++ % access.hosts.length]!;
    const client = new SealedClient({ serverKey: access.serverKey, credential: access.credential(), attach });
    const socket = new WebSocket(`ws://${host}/ws`, { handshakeTimeout: 1_500, perMessageDeflate: false });
    access.onSocket?.(socket);
    let reason = `no answer from ${host}`;
    socket.on('open', () => socket.send(client.hello));
    socket.on('message', (data: Buffer, isBinary) => {
      const step = client.receive(isBinary ? new Uint8Array(data) : data.toString('utf8'));
      if (step.kind === 'send') for (const frame of step.frames) socket.send(frame);
      else if (step.kind === 'failed') {
        reason = `failed: ${JSON.stringify(step.failure)}`;
        socket.terminate();
      } else if (step.kind === 'message') {
        const said = JSON.parse(step.text) as { type: string; actor?: { kind: string; id?: string } };
        // The address that works is called first the next time too.
        if (said.type === 'welcome') next -= 1;
        if (said.type === 'welcome' && said.actor?.kind === 'device') access.onPaired?.(said.actor.id ?? '');
        events.onText(step.text);
      }
    });
    socket.on('error', (error) => {
      reason = `${host}: ${error.message}`;
    });
    socket.on('close', (code) => events.onClosed(`${reason} (${code})`));
    return {
      socket,
      attached: true,
      send: (text) => {
        if (client.open && socket.readyState === socket.OPEN) socket.send(client.seal(text));
      },
      drop: () => socket.terminate(),
    } as Transport & { socket: WebSocket };
  };
}

/** The plain door, over the Unix socket: the desktop's own client. */
export function unixTransport(path: string, token: () => string): Connect {
  return (_attach, events) => {
    const socket = new WebSocket(`ws+unix:${path}:/api/v1/ws`, {
      headers: { authorization: `Bearer ${token()}` },
      handshakeTimeout: 1_500,
    });
    let reason = 'gone';
    socket.on('message', (data) => events.onText(String(data)));
    socket.on('error', (error) => {
      reason = error.message;
    });
    socket.on('close', (code) => events.onClosed(`${reason} (${code})`));
    return {
      send: (text) => {
        if (socket.readyState === socket.OPEN) socket.send(text);
      },
      drop: () => socket.terminate(),
    };
  };
}

/** What a device keeps. */
export interface KeptDevice {
  deviceId: string | null;
  keys: KeyPair;
}

/** Pairs the first time, and is that device from then on. */
export function pairedCredential(device: KeptDevice, code: Uint8Array, name: string): () => SealedCredential {
  return () =>
    device.deviceId === null
      ? { kind: 'pairing', code, device: device.keys, name }
      : { kind: 'device', deviceId: device.deviceId, device: device.keys };
}

export const keyOf = (text: string): Uint8Array => {
  const key = fromBase64url(text);
  if (!key) throw new Error('not base64url');
  return key;
};
