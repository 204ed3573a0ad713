import type { FilePiece } from '../../main/protocol/files.ts';
import type { SessionId } from '../../main/protocol/ids.ts';
import type { Answer } from './answer.ts';
import { isImage } from './attachments.ts';
import { fromBase64 } from './base64.ts';
import type { Client } from './client.ts';
import { LatestMap } from './latest-map.ts';

/** Larger pictures are only named, bytes. */
export const largestPicture = 8 * 1_048_576;
/** Addresses kept; the one asked for longest ago goes first. */
const kept = 80;
/** After so long a picture is read anew: an agent may have drawn it again. Milliseconds. */
const freshMs = 60_000;
/** Read at the same time: a message may name thousands. */
const atOnce = 2;

/** `failed`: there is no such picture, or this client may not have it. */
export type LocalPicture =
  | { readonly kind: 'shown'; readonly url: string; readonly bytes: number }
  | { readonly kind: 'too_large'; readonly bytes: number }
  | { readonly kind: 'failed' };

/** The path an agent named as a picture; null: it is an address of the web, or of anything else that is no picture in a folder. */
export function picturePath(src: string): string | null {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|\\\\|#|\?)/i.test(src)) return null;
  try {
    const path = decodeURIComponent(src);
    return /\.(?:png|jpe?g|gif|webp|avif)$/i.test(path) && !path.includes('\0') ? path : null;
  } catch {
    return null;
  }
}

interface Known {
  readonly picture: Promise<LocalPicture>;
  readonly readAt: number;
}
const pictures = new LatestMap<string, Known>(kept, forget);
let running = 0;
const waiting: (() => void)[] = [];

/**
 * A picture in the folder of a session as an address in this page. What leads out of that folder, the gateway refuses (`file_read`); nothing is fetched
 * from anywhere else.
 */
export function localPicture(client: Client, session_id: SessionId, path: string): Promise<LocalPicture> {
  const key = `${session_id} ${path}`;
  const known = pictures.get(key);
  if (known && Date.now() - known.readAt < freshMs) return known.picture;
  if (known) forget(known);
  const picture = inTurn(() => read(client, session_id, path));
  const fresh = { picture, readAt: Date.now() };
  pictures.set(key, fresh);
  // The agent may be about to draw it.
  void picture.then((one) => one.kind === 'failed' && pictures.delete(key, fresh));
  return picture;
}

function forget({ picture }: Known): void {
  void picture.then((one) => one.kind === 'shown' && URL.revokeObjectURL(one.url));
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function read(client: Client, session_id: SessionId, path: string): Promise<LocalPicture> {
  const ask = (offset: number, validator?: string): Promise<Answer<FilePiece>> =>
    client.request<FilePiece>({ type: 'file_read', session_id, path, offset, ...(validator && { validator }) });
  const begun = await ask(0);
  if (!begun.ok || !isImage(begun.value.media_type)) return { kind: 'failed' };
  const { bytes, validator, media_type } = begun.value;
  if (bytes > largestPicture) return { kind: 'too_large', bytes };
  const pieces = [fromBase64(begun.value.data)];
  for (let offset = pieces[0]?.length ?? 0; offset < bytes; ) {
    const answer = await ask(offset, validator);
    const piece = answer.ok ? fromBase64(answer.value.data) : null;
    if (piece === null || piece.length === 0) return { kind: 'failed' };
    pieces.push(piece);
    offset += piece.length;
  }
  return { kind: 'shown', url: URL.createObjectURL(new Blob(pieces, { type: media_type })), bytes };
}
