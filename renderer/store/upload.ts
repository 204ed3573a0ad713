import { limits } from '../../main/protocol/limits.ts';
import type { Attachment } from '../../main/protocol/values.ts';
import { t } from '../strings/index.ts';
import type { Answer } from './answer.ts';
import { toBase64 } from './base64.ts';
import type { Client } from './client.ts';

export interface UploadOptions {
  /** As it will be called; the file's own name may be none of ours. */
  readonly name: string;
  readonly mediaType: string;
  readonly onProgress: (sentBytes: number) => void;
  readonly signal: AbortSignal;
}

type UploadAnswer = { upload_id: string; offset: number } | { attachment: Attachment };

/** Answers without a byte more before it counts as stuck. */
const patience = 3;

/**
 * Brings a file to the gateway, piece by piece. Each answer says how far it is, so a lost connection costs one piece; an upload nobody remembers
 * (the app was started again) begins once more. Null: it was called off.
 */
export async function uploadFile(
  client: Client,
  file: Blob,
  { name, mediaType, onProgress, signal }: UploadOptions,
): Promise<Answer<Attachment> | null> {
  let uploadId: string | undefined;
  let offset = 0;
  let stuck = 0;
  let begunAgain = false;
  while (true) {
    const data = await readPiece(file, offset);
    if (signal.aborted) return null;
    if (data === null) return failure(t.attach.unreadable(name));
    const answer = await client.request<UploadAnswer>({
      type: 'upload',
      upload_id: uploadId,
      name,
      media_type: mediaType,
      bytes: file.size,
      offset,
      data,
    });
    if (signal.aborted) return null;
    if (!answer.ok) {
      const forgotten = uploadId !== undefined && answer.problem.code === 'not_found' && !begunAgain;
      if (!forgotten) return answer;
      begunAgain = true;
      uploadId = undefined;
      offset = 0;
      continue;
    }
    if ('attachment' in answer.value) return { ok: true, value: answer.value.attachment };
    stuck = answer.value.offset > offset ? 0 : stuck + 1;
    if (stuck >= patience) return failure(t.attach.stuck);
    uploadId = answer.value.upload_id;
    offset = answer.value.offset;
    onProgress(offset);
  }
}

/** One piece as base64; null when the file cannot be read any more. */
async function readPiece(file: Blob, offset: number): Promise<string | null> {
  try {
    return toBase64(new Uint8Array(await file.slice(offset, offset + limits.chunkBytes).arrayBuffer()));
  } catch {
    return null;
  }
}

function failure(message: string): Answer<Attachment> {
  return { ok: false, problem: { code: 'internal', message } };
}
