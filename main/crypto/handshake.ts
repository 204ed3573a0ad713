import { fromBase64url, toBase64url } from './base64url.ts';
import { concat, fromUtf8, jsonObject, sameBytes, toUtf8 } from './bytes.ts';
import type { KeyPair, Primitives } from './primitives.ts';
import { clientKeys, type SessionKeys, serverKeys } from './session-keys.ts';

/** Version of the sealed transport. */
export const sealedVersion = 2;
const nonceBytes = 24;
/** A hello or its answer is some hundred bytes; what is larger is not read. */
export const maxHandshakeChars = 4_096;

/** Bounds that the server tells before anybody signed in. */
export interface SealedLimits {
  /** One frame before it is sealed, bytes. */
  frame_bytes: number;
  /** Milliseconds within which the credential must come. */
  auth_ms: number;
}

/** First frame of a client: its ephemeral key, nothing else. */
export const helloOf = (ephemeral: Uint8Array): string =>
  JSON.stringify({ type: 'auth', v: sealedVersion, e2e_pk: toBase64url(ephemeral) });

/**
 * @returns the client's ephemeral key; `other` when the frame is not the hello of this version (another door may know it); `invalid` when it is
 *   one, with a key that is none.
 */
export function readHello(frame: string): Uint8Array | 'other' | 'invalid' {
  if (frame.length > maxHandshakeChars) return 'other';
  const said = jsonObject(frame);
  if (said?.type !== 'auth' || said.v !== sealedVersion) return 'other';
  return publicKeyIn(said.e2e_pk) ?? 'invalid';
}

/** A public key in base64url: 32 bytes, and not the all-zero one. */
export function publicKeyIn(text: unknown): Uint8Array | null {
  if (typeof text !== 'string' || text.length !== 43) return null;
  const key = fromBase64url(text);
  return key?.length === 32 && key.some((byte) => byte !== 0) ? key : null;
}

/** The server's half. */
export interface Answered {
  answer: string;
  keys: SessionKeys;
  /** Of this connection; forget it when the client has signed in. */
  ephemeral: KeyPair;
}

/** Answers a hello. @returns null when the client's key has a low order. */
export function answerHello(
  primitives: Primitives,
  server: KeyPair,
  clientEphemeral: Uint8Array,
  limits: SealedLimits,
): Answered | null {
  const ephemeral = primitives.keyPair();
  const keys = serverKeys(primitives, ephemeral, server, clientEphemeral);
  if (!keys) return null;
  const e2e_pk = toBase64url(ephemeral.publicKey);
  const inner = toUtf8(JSON.stringify({ v: sealedVersion, e2e_pk, limits }));
  const nonce = primitives.random(nonceBytes);
  const sealed = concat(nonce, primitives.box(inner, nonce, clientEphemeral, server.secretKey));
  const pk = toBase64url(server.publicKey);
  const answer = JSON.stringify({ type: 'auth_ok', v: sealedVersion, e2e_pk, pk, sealed: toBase64url(sealed) });
  return { answer, keys, ephemeral };
}

export type Greeted =
  | { ok: true; keys: SessionKeys; serverKey: Uint8Array; serverEphemeral: Uint8Array; limits: SealedLimits }
  /** `not_sealed`: no answer of this version; `wrong_server`: somebody who does not hold the pinned key. */
  | { ok: false; reason: 'not_sealed' | 'wrong_server' };

/**
 * The client's half: checks that the answer was made by the holder of the pinned key for this very handshake.
 * @param pinned - null: the key is not known yet; whoever answers proves only that it holds the key it names, which a person must compare.
 */
export function readAnswer(
  primitives: Primitives,
  ephemeral: KeyPair,
  pinned: Uint8Array | null,
  frame: string,
): Greeted {
  const no = (reason: 'not_sealed' | 'wrong_server'): Greeted => ({ ok: false, reason });
  const said = frame.length > maxHandshakeChars ? null : jsonObject(frame);
  if (said?.type !== 'auth_ok' || said.v !== sealedVersion) return no('not_sealed');
  const serverEphemeral = publicKeyIn(said.e2e_pk);
  const serverKey = pinned ?? publicKeyIn(said.pk);
  const sealed = typeof said.sealed === 'string' ? fromBase64url(said.sealed) : null;
  if (!serverEphemeral || !serverKey || !sealed || sealed.length <= nonceBytes) return no('not_sealed');
  const keys = clientKeys(primitives, ephemeral, serverEphemeral, serverKey);
  const opened = primitives.openBox(
    sealed.subarray(nonceBytes),
    sealed.subarray(0, nonceBytes),
    serverKey,
    ephemeral.secretKey,
  );
  const text = opened && fromUtf8(opened);
  const inner = text === null ? null : jsonObject(text);
  const innerKey = publicKeyIn(inner?.e2e_pk);
  if (!keys || inner?.v !== sealedVersion || !innerKey || !sameBytes(innerKey, serverEphemeral)) {
    return no('wrong_server');
  }
  const { frame_bytes, auth_ms } = (inner.limits ?? {}) as Partial<SealedLimits>;
  if (typeof frame_bytes !== 'number' || typeof auth_ms !== 'number') return no('wrong_server');
  return { ok: true, keys, serverKey, serverEphemeral, limits: { frame_bytes, auth_ms } };
}
