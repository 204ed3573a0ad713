import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock } from '../../base/clock.ts';
import type { Result } from '../../base/result.ts';
import { isDeviceProof } from '../../crypto/device-proof.ts';
import { type Answered, answerHello, readHello, sealedVersion } from '../../crypto/handshake.ts';
import type { Primitives } from '../../crypto/primitives.ts';
import type { Log, Principal } from '../../orchestrator/ports.ts';
import { type ErrorCode, errors, type Problem } from '../../protocol/errors.ts';
import { limits } from '../../protocol/limits.ts';
import type { Authentication } from '../../security/authenticate.ts';
import type { SealedCredentials, Seen } from '../../security/sealed-credentials.ts';
import type { AboutClient, DuctorDoor } from '../ductor/door.ts';
import { type CredentialFrame, readCredential } from './credential-frame.ts';
import { SealedWire } from './sealed-wire.ts';
import { type Stranger, type Strangers, strangerLimits } from './strangers.ts';

/** A client that has shown who it is. */
export interface SealedClientIn {
  socket: WebSocket;
  wire: SealedWire;
  principal: Principal;
  expiresAt: number | null;
  about: AboutClient;
  /** session_id -> last `seq` it has. */
  attach: CredentialFrame['attach'];
}

export interface SealedDoorDeps {
  /** Asked at each handshake. A gateway whose own key cannot be opened says why; then nobody can come in by this version. */
  credentials: () => Result<SealedCredentials, Problem>;
  primitives: Primitives;
  strangers: Strangers;
  /** Version 1; null: its clients are told that they are not let in. */
  ductor: Pick<DuctorDoor, 'accept' | 'timedOut'> | null;
  /** Called in the tick in which the credential came. */
  enter(client: SealedClientIn): void;
  /** A sign-in from this address failed. @returns milliseconds to wait, 0 while there were few. */
  failed(address: string): number;
  clock: Clock;
  log: Log;
}

/** How long a client may take to answer the closing handshake. */
const closeWithinMs = 1_000;

type First = (data: Buffer, isBinary: boolean) => void;

/**
 * The door at `/ws`: takes sockets without a credential, makes the handshake of version 2, lets in who shows a good credential inside the channel.
 * Anything else that comes first is version 1's.
 */
export function createSealedDoor(deps: SealedDoorDeps) {
  const { credentials, primitives, strangers, ductor, clock, log } = deps;
  const sealedLimits = { frame_bytes: limits.frameBytes, auth_ms: strangerLimits.frameWithinMs };

  const end = (socket: WebSocket, code: ErrorCode) => {
    socket.close(errors[code].closes || 1008, code);
    const cancel = clock.after(closeWithinMs, () => socket.terminate());
    socket.once('close', cancel);
  };
  /** In clear: there is no channel to say it in. Anybody on the way can forge it, and gains nothing that cutting the line would not give. */
  const refuse = (socket: WebSocket, code: ErrorCode | 'auth_required', message: string, retry_after_ms?: number) => {
    socket.send(JSON.stringify({ type: 'error', v: sealedVersion, code, message, retry_after_ms }));
    end(socket, code === 'auth_required' ? 'unauthorized' : code);
  };
  const refuseSealed = (socket: WebSocket, wire: SealedWire, code: ErrorCode, message: string, waitMs?: number) => {
    const retry_after_ms = waitMs === undefined ? undefined : Math.ceil(waitMs);
    wire.send(socket, JSON.stringify({ type: 'closing', code, message, retry_after_ms }), () => {});
    end(socket, code);
  };

  const check = (
    credentials: SealedCredentials,
    frame: CredentialFrame,
    { ephemeral, keys }: Answered,
    seen: Seen,
  ): Authentication => {
    const proves = (proof: Uint8Array, key: Uint8Array) =>
      isDeviceProof(primitives, proof, key, ephemeral, keys.transcript);
    switch (frame.kind) {
      case 'api_key':
        return credentials.key(frame.key, seen);
      case 'device': {
        const key = credentials.devicePublicKey(frame.device_id);
        return key && proves(frame.proof, key) ? credentials.device(frame.device_id, seen) : invalid;
      }
      case 'pairing': {
        if (!proves(frame.proof, frame.device_pk)) return invalid;
        const { code, device_pk: devicePublicKey, device_name: deviceName } = frame;
        return credentials.pair({ code, devicePublicKey, deviceName }, seen);
      }
    }
  };

  /** The channel is there; who speaks is not known. */
  const awaitCredential = (
    credentials: SealedCredentials,
    stranger: Stranger,
    raw: Duplex,
    about: AboutClient,
    answered: Answered,
  ): SealedWire => {
    const { socket } = stranger;
    const wire = new SealedWire(primitives, answered.keys, raw);
    once(socket, (data, isBinary) => {
      stranger.known();
      const text = wire.read(data, isBinary);
      if (typeof text !== 'string') {
        log.warn('a frame could not be read, connection closed', { code: text.code, address: about.seen.address });
        refuseSealed(socket, wire, text.code, text.message);
        return;
      }
      const frame = readCredential(text);
      if (!frame) {
        refuseSealed(socket, wire, 'unauthorized', 'The first sealed frame has to be a credential.');
        return;
      }
      const found = check(credentials, frame, answered, about.seen);
      answered.ephemeral.secretKey.fill(0);
      if (!found.ok) {
        const waitMs = deps.failed(about.seen.address);
        if (waitMs > 0) refuseSealed(socket, wire, 'rate_limited', 'Too many sign-ins failed.', waitMs);
        else refuseSealed(socket, wire, 'unauthorized', refusals[frame.kind]);
        return;
      }
      const principal: Principal = { ...found.principal, actor: { ...found.principal.actor, via: 'sealed' } };
      deps.enter({ socket, wire, principal, expiresAt: found.expiresAt, about, attach: frame.attach });
    });
    return wire;
  };

  const hello = (
    stranger: Stranger,
    raw: Duplex,
    about: AboutClient,
    data: Buffer,
    isBinary: boolean,
  ): SealedWire | null => {
    const { socket } = stranger;
    const key = isBinary ? 'other' : readHello(data.toString('utf8'));
    if (key === 'other') {
      stranger.known();
      if (ductor) ductor.accept(socket, { data, isBinary }, about);
      else refuse(socket, 'auth_required', 'The first frame has to be {"type":"auth","v":2,"e2e_pk":"…"}.');
      return null;
    }
    const found = credentials();
    if (!found.ok) {
      stranger.known();
      refuse(socket, found.error.code, found.error.message);
      return null;
    }
    const answered = key === 'invalid' ? null : answerHello(primitives, found.value.serverKey, key, sealedLimits);
    if (!answered) {
      stranger.known();
      refuse(socket, 'decrypt_failed', '"e2e_pk" has to be an X25519 public key: 32 bytes in base64url.');
      return null;
    }
    socket.send(answered.answer);
    stranger.wait();
    return awaitCredential(found.value, stranger, raw, about, answered);
  };

  return {
    /** Takes a socket in the tick of its upgrade. @param raw - the stream below it. */
    accept(socket: WebSocket, raw: Duplex, about: AboutClient): void {
      socket.on('error', (error) => log.debug('socket failed', { error: error.message }));
      let wire: SealedWire | null = null;
      const stranger = strangers.meet(socket, raw, about.seen.address, {
        timedOut() {
          socket.removeAllListeners('message');
          if (wire) refuseSealed(socket, wire, 'auth_timeout', 'No credential came within 10 seconds.');
          else if (ductor) ductor.timedOut(socket);
          else refuse(socket, 'auth_timeout', 'No first frame came within 10 seconds.');
        },
        crowdedOut() {
          socket.removeAllListeners('message');
          const message = 'Too many connections have not said who they are.';
          if (wire) refuseSealed(socket, wire, 'overloaded', message, 1_000);
          else refuse(socket, 'overloaded', message, 1_000);
        },
      });
      once(socket, (data, isBinary) => {
        wire = hello(stranger, raw, about, data, isBinary);
      });
    },
  };
}

export type SealedDoor = ReturnType<typeof createSealedDoor>;

const invalid = { ok: false, reason: 'invalid' } as const;

const refusals = {
  api_key: 'The key is not valid, or was revoked, or has expired.',
  device: 'This device is not paired (any more), or did not prove that it is itself. Pair it again.',
  pairing: 'This pairing link was used before, or is older than ten minutes. Ask for a fresh one.',
} as const;

function once(socket: WebSocket, handle: First): void {
  socket.once('message', (data, isBinary) => handle(data as Buffer, isBinary));
}
