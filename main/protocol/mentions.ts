import { z } from 'zod';
import { SessionId } from './ids.ts';
import { limits } from './limits.ts';
import { query } from './query.ts';

/**
 * Files and folders of a session's folder, or of one in which a session is to be opened, whose path is like `text`, best first, for mentioning them in a prompt. What git ignores is not among them.
 * Nothing typed: what lies nearest; a `text` with a slash at its end: what lies in that folder. Answer: `FilesFound`.
 */
export const FilesSearch = query('files_search', {
  /** Either this, */
  session_id: SessionId.optional(),
  /** or the folder, absolute. */
  cwd: z.string().min(1).max(limits.pathChars).optional(),
  text: z.string().max(limits.fileSearchChars),
  limit: z.number().int().min(1).max(100).default(30),
});

export const FileHit = z.object({
  /** Relative to the folder of the session, parts parted by `/`. */
  path: z.string(),
  is_folder: z.boolean(),
  /** Which characters of `path` (UTF-16 units) were meant by what was typed; for showing. */
  at: z.array(z.number().int()),
});
export type FileHit = z.infer<typeof FileHit>;

export const FilesFound = z.object({
  files: z.array(FileHit),
  /** There are more than `limit`. */
  more: z.boolean(),
  /** False: the folder holds more than was looked at. */
  complete: z.boolean(),
});
export type FilesFound = z.infer<typeof FilesFound>;

export const mentionQueries = [FilesSearch] as const;
