import type { Attachment } from '../protocol/values.ts';

declare const atob: (text: string) => string;
declare const btoa: (text: string) => string;

/** One file that is put into a document, bytes; a larger one is only named. */
export const embeddedBytes = 4 * 1_048_576;
/** All files in one document together, bytes. */
export const allEmbeddedBytes = 40 * 1_048_576;

/** What a reader draws without running anything. */
const drawn = /^image\/(png|jpeg|gif|webp|avif)$/;

/** One piece of a file, as `read_attachment` and `file_read` answer. */
export interface BytesPiece {
  readonly data: string;
  /** Of the whole file. */
  readonly bytes: number;
  readonly media_type?: string;
  readonly validator?: string;
}

export type BytesQuery =
  | { readonly type: 'read_attachment'; readonly attachment_id: string; readonly offset: number }
  | { readonly type: 'file_read'; readonly path: string; readonly offset: number; readonly validator?: string };

/** Asks for a piece of a file of the session. @returns null: refused, or gone. */
export type FetchBytes = (query: BytesQuery) => Promise<BytesPiece | null>;

export interface Embedded {
  /** A `data:` address. */
  readonly url: string;
  readonly isPicture: boolean;
}

/** Brings files into one document, until it holds as much as it may. @returns functions that answer null for what is only named. */
export function createPictures(fetchBytes: FetchBytes) {
  let left = allEmbeddedBytes;

  /** Base64 of the whole file; null: gone, refused, too large, or other than was said. */
  async function whole(ask: (offset: number, before?: BytesPiece) => BytesQuery): Promise<[string, BytesPiece] | null> {
    let first: BytesPiece | undefined;
    let text = '';
    do {
      const piece = await fetchBytes(ask(text.length, first));
      if (piece === null) return null;
      first ??= piece;
      if (first.bytes > Math.min(embeddedBytes, left) || first.bytes === 0) return null;
      const part = atob(piece.data);
      if (part === '') return null;
      text += part;
    } while (text.length < first.bytes);
    if (text.length !== first.bytes) return null;
    left -= first.bytes;
    return [btoa(text), first];
  }

  return {
    async attachment({ attachment_id, media_type, bytes }: Attachment): Promise<Embedded | null> {
      if (bytes > Math.min(embeddedBytes, left)) return null;
      const found = await whole((offset) => ({ type: 'read_attachment', attachment_id, offset }));
      if (found === null) return null;
      const isPicture = drawn.test(media_type);
      return { url: `data:${isPicture ? media_type : 'application/octet-stream'};base64,${found[0]}`, isPicture };
    },
    /** A picture an agent named by its path. */
    async file(path: string): Promise<Embedded | null> {
      const found = await whole((offset, before) => ({
        ...{ type: 'file_read' as const, path, offset },
        ...(before?.validator === undefined ? {} : { validator: before.validator }),
      }));
      const type = found?.[1].media_type ?? '';
      return found !== null && drawn.test(type) ? { url: `data:${type};base64,${found[0]}`, isPicture: true } : null;
    },
  };
}
export type Pictures = ReturnType<typeof createPictures>;
