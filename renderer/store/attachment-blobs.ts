import type { SessionId } from '../../main/protocol/ids.ts';
import type { Attachment } from '../../main/protocol/values.ts';
import type { Answer } from './answer.ts';
import { isImage } from './attachments.ts';
import { fromBase64 } from './base64.ts';
import type { Client } from './client.ts';
import { LatestMap } from './latest-map.ts';

/** Addresses kept; the one that was asked for longest ago goes first. */
const kept = 80;

/** By attachment: bytes with one hash are one file, whichever message it goes with. */
const addresses = new LatestMap<string, Promise<Answer<string>>>(kept, (address) => {
  void address.then((answer) => answer.ok && URL.revokeObjectURL(answer.value));
});

/** An address in this page of an attachment's bytes, read from the gateway once. */
export function attachmentUrl(client: Client, sessionId: SessionId, attachment: Attachment): Promise<Answer<string>> {
  const { attachment_id } = attachment;
  const known = addresses.get(attachment_id);
  if (known) return known;
  const asked: Promise<Answer<string>> = readAttachment(client, sessionId, attachment).then(
    (answer): Answer<string> => {
      if (answer.ok) return { ok: true, value: URL.createObjectURL(answer.value) };
      addresses.delete(attachment_id, asked);
      return answer;
    },
  );
  addresses.set(attachment_id, asked);
  return asked;
}

/** All bytes of an attachment, piece by piece. */
export async function readAttachment(
  client: Client,
  session_id: SessionId,
  { attachment_id, media_type, bytes }: Attachment,
): Promise<Answer<Blob>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  do {
    const answer = await client.request<{ data: string }>({
      type: 'read_attachment',
      session_id,
      attachment_id,
      offset,
    });
    if (!answer.ok) return answer;
    const piece = fromBase64(answer.value.data);
    // An empty piece before the end: there will never be more.
    if (piece.length === 0) break;
    pieces.push(piece);
    offset += piece.length;
  } while (offset < bytes);
  // What is no picture is only ever saved: as a page of this origin it could do what the page can.
  return { ok: true, value: new Blob(pieces, { type: isImage(media_type) ? media_type : 'application/octet-stream' }) };
}
