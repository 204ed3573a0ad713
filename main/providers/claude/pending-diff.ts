import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { FileDiff } from '../../protocol/values.ts';
import { diffTexts } from '../file-diff.ts';
import { fields, list, string } from '../shared/fields.ts';

/** A larger file is not read for a preview. Bytes. */
const maxFileBytes = 4 * 1024 * 1024;

/**
 * What an edit that waits for approval would do to the file. Pure.
 * @param before - the file as it is now; null when there is none.
 * @returns null when the change cannot be told (text that is not there, a tool whose input is not understood).
 */
export function pendingDiff(tool: string, input: unknown, path: string, before: string | null): FileDiff | null {
  const given = fields(input);
  if (tool === 'Write') {
    const content = string(given.content);
    return content === undefined ? null : diffTexts(path, before, content);
  }
  if (tool !== 'Edit' && tool !== 'MultiEdit') return null;
  const edits = tool === 'Edit' ? [given] : list(given.edits).map(fields);
  const first = applyEdits(before ?? '', edits);
  if (first !== null) return diffTexts(path, before, first);
  // The CLI reads files with Windows line ends as if they had plain ones.
  const plain = (before ?? '').replaceAll('\r\n', '\n');
  const second = applyEdits(plain, edits);
  return second === null ? null : diffTexts(path, before === null ? null : plain, second);
}

function applyEdits(text: string, edits: readonly { readonly [name: string]: unknown }[]): string | null {
  let result = text;
  for (const edit of edits) {
    const [old, fresh] = [string(edit.old_string), string(edit.new_string)];
    if (old === undefined || fresh === undefined) return null;
    if (old === '') {
      // An empty text to replace is how a new file is made.
      if (result !== '') return null;
      result = fresh;
      continue;
    }
    const at = result.indexOf(old);
    if (at === -1) return null;
    result =
      edit.replace_all === true
        ? result.split(old).join(fresh)
        : result.slice(0, at) + fresh + result.slice(at + old.length);
  }
  return edits.length === 0 ? null : result;
}

/**
 * Reads a file for a preview.
 * @returns its text, null when there is no file, undefined when it cannot be shown (not a regular file, too large, not text, not readable).
 */
export async function readForDiff(path: string): Promise<string | null | undefined> {
  let found: Stats;
  try {
    found = await stat(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : undefined;
  }
  if (!found.isFile() || found.size > maxFileBytes) return undefined;
  try {
    const bytes = await readFile(path);
    return bytes.includes(0) ? undefined : bytes.toString('utf8');
  } catch {
    return undefined;
  }
}
