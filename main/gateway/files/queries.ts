import { refuseQuery } from '../../orchestrator/connection.ts';
import type { QueryHandlers } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { FilePiece } from '../../protocol/files.ts';
import { limits } from '../../protocol/limits.ts';
import { say } from '../../protocol/saying.ts';
import type { FileRoots } from '../../security/file-roots.ts';
import { mediaType } from './media-type.ts';

const changed: Problem = {
  code: 'conflict',
  say: say('files.changed'),
  message: 'The file has changed since the part before this one was read.',
  impact: 'What was read so far and what stands there now do not belong together.',
  next: 'Read the file from its beginning, without a validator.',
};

/** Files in pieces, for doors that have no streams of their own. */
export function createFileQueries(roots: FileRoots): Pick<QueryHandlers, 'file_read'> {
  return {
    async file_read({ path, session_id, offset, validator }, principal) {
      const opened = await roots.open(path, principal, session_id);
      if (!opened.ok) return refuseQuery(opened.error);
      const file = opened.value;
      try {
        if (validator !== undefined && validator !== file.validator) return refuseQuery(changed);
        const length = Math.max(0, Math.min(limits.chunkBytes, file.bytes - offset));
        const piece = Buffer.alloc(length);
        const bytesRead = length === 0 ? 0 : (await file.handle.read(piece, 0, length, offset)).bytesRead;
        if (bytesRead < length || !(await file.unchanged())) return refuseQuery(changed);
        return {
          name: file.name,
          media_type: mediaType(file.name),
          bytes: file.bytes,
          validator: file.validator,
          offset,
          data: piece.toString('base64'),
        } satisfies FilePiece;
      } finally {
        await file.handle.close();
      }
    },
  };
}
