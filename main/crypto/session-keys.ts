import { concat, isZero, toUtf8 } from './bytes.ts';
import type { KeyPair, Primitives } from './primitives.ts';

/** What one direction of a connection is sealed with. */
export interface DirectionKeys {
  /** XSalsa20-Poly1305, 32 bytes. */
  readonly key: Uint8Array;
  /** First 16 bytes of every nonce. */
  readonly prefix: Uint8Array;
}

export interface SessionKeys {
  /** Transcript: SHA-512 of a label and the three public keys, 64 bytes. */
  readonly transcript: Uint8Array;
  readonly toServer: DirectionKeys;
  readonly toClient: DirectionKeys;
}

const transcriptLabel = toUtf8('quarterdeck/2 transcript');

/** The three public keys of a handshake, 32 bytes each. */
export interface PublicKeys {
  clientEphemeral: Uint8Array;
  serverEphemeral: Uint8Array;
  server: Uint8Array;
}

export function transcriptOf(
  { sha512 }: Primitives,
  { clientEphemeral, serverEphemeral, server }: PublicKeys,
): Uint8Array {
  return sha512(concat(transcriptLabel, clientEphemeral, serverEphemeral, server));
}

function deriveKeys(primitives: Primitives, keys: PublicKeys, ee: Uint8Array, es: Uint8Array): SessionKeys | null {
  // A point of low order would let whoever sent it know the secret.
  if (isZero(ee) || isZero(es)) return null;
  const transcript = transcriptOf(primitives, keys);
  const direction = (name: string): DirectionKeys => {
    const bytes = primitives.sha512(concat(toUtf8(`quarterdeck/2 ${name}`), ee, es, transcript));
    return { key: bytes.slice(0, 32), prefix: bytes.slice(32, 48) };
  };
  return { transcript, toServer: direction('client to server'), toClient: direction('server to client') };
}

/** @returns null when one of the server's keys has a low order. */
export function clientKeys(
  primitives: Primitives,
  ephemeral: KeyPair,
  serverEphemeral: Uint8Array,
  server: Uint8Array,
): SessionKeys | null {
  return deriveKeys(
    primitives,
    { clientEphemeral: ephemeral.publicKey, serverEphemeral, server },
    primitives.scalarMult(ephemeral.secretKey, serverEphemeral),
    primitives.scalarMult(ephemeral.secretKey, server),
  );
}

/** @returns null when the client's key has a low order. */
export function serverKeys(
  primitives: Primitives,
  ephemeral: KeyPair,
  server: KeyPair,
  clientEphemeral: Uint8Array,
): SessionKeys | null {
  return deriveKeys(
    primitives,
    { clientEphemeral, serverEphemeral: ephemeral.publicKey, server: server.publicKey },
    primitives.scalarMult(ephemeral.secretKey, clientEphemeral),
    primitives.scalarMult(server.secretKey, clientEphemeral),
  );
}
