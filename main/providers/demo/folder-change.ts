import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { FileDiff } from '../../protocol/values.ts';
import { diffTexts } from '../file-diff.ts';
import { describeFileError, type Refusal, refusal, resolveInFolder } from './folder-path.ts';

const maxChangedBytes = 5 * 1024 * 1024;

/** A change that was worked out but not made: what a person approves is exactly what `commit` does, or nothing. */
export interface PreparedChange {
  /** Absolute, links resolved. */
  path: string;
  diff: FileDiff;
  /** Makes the change; refuses when the file is not any more what it was when the change was worked out. */
  commit(): Promise<Result<void, Refusal>>;
}

/** The file's text, null when there is none. Throws what the system says; refuses what is not text. */
async function current(file: string, name: string): Promise<Result<string | null, Refusal>> {
  const stats = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!stats) return ok(null);
  if (stats.isDirectory()) return err(refusal((say) => say.folder(name)));
  if (!stats.isFile()) return err(refusal((say) => say.notRegular(name)));
  if (stats.size > maxChangedBytes) return err((words) => words.refusals.tooLarge(name, words.bytes(stats.size)));
  const bytes = await readFile(file);
  if (bytes.includes(0)) return err(refusal((say) => say.notText(name)));
  return ok(bytes.toString('utf8'));
}

/** Replaces the file as a whole or not at all: a full disk leaves the old one. Keeps its permissions. */
async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const mode = (await stat(file).catch(() => null))?.mode;
  const fresh = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(fresh, text, { flag: 'wx', ...(mode === undefined ? {} : { mode }) });
    await rename(fresh, file);
  } catch (error) {
    await unlink(fresh).catch(() => undefined);
    throw error;
  }
}

async function prepare(
  root: string,
  name: string,
  after: (before: string | null) => Result<string | null, Refusal>,
): Promise<Result<PreparedChange, Refusal>> {
  const found = await resolveInFolder(root, name);
  if (!found.ok) return found;
  const file = found.value;
  try {
    const before = await current(file, name);
    if (!before.ok) return before;
    const wanted = after(before.value);
    if (!wanted.ok) return wanted;
    const commit = async (): Promise<Result<void, Refusal>> => {
      try {
        // The folder may have changed while a person was deciding: the same name must still lead to the same file with the same content.
        const again = await resolveInFolder(root, name);
        const now = again.ok && again.value === file ? await current(file, name) : null;
        if (!now?.ok || now.value !== before.value) {
          return err(refusal((say) => say.changedMeanwhile(name)));
        }
        if (wanted.value === null) await unlink(file);
        else await replaceFile(file, wanted.value);
        return ok(undefined);
      } catch (error) {
        return err(describeFileError(error, name));
      }
    };
    return ok({ path: file, diff: diffTexts(file, before.value, wanted.value), commit });
  } catch (error) {
    return err(describeFileError(error, name));
  }
}

/** A new file, or the whole new text of an old one. */
export const prepareWrite = (root: string, name: string, text: string): Promise<Result<PreparedChange, Refusal>> =>
  prepare(root, name, (before) => (before === text ? err(refusal((say) => say.saysThat(name))) : ok(text)));

/** Every occurrence of `from` becomes `to`. */
export const prepareEdit = (
  root: string,
  name: string,
  from: string,
  to: string,
): Promise<Result<PreparedChange, Refusal>> =>
  prepare(root, name, (before) => {
    if (before === null) return err(refusal((say) => say.missing(name)));
    if (!before.includes(from)) return err(refusal((say) => say.notContained(name, from.slice(0, 100))));
    if (from === to) return err(refusal((say) => say.same));
    return ok(before.split(from).join(to));
  });

export const prepareDelete = (root: string, name: string): Promise<Result<PreparedChange, Refusal>> =>
  prepare(root, name, (before) => (before === null ? err(refusal((say) => say.missing(name))) : ok(null)));
