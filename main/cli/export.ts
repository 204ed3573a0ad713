import { createWriteStream } from 'node:fs';
import { rename, unlink } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { err, ok, type Result } from '../base/result.ts';
import type { ExportFormat } from '../export/events.ts';
import { exportSession } from '../export/export.ts';
import type { BytesPiece, BytesQuery } from '../export/pictures.ts';
import type { Problem } from '../protocol/errors.ts';
import type { ExportPage } from '../protocol/export.ts';
import type { Client } from './client.ts';
import type { Output } from './output.ts';
import { findSession } from './sessions.ts';

/** A page that could not be had; carried through the generator. */
class PageProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/**
 * Writes a session in a format, to a file or to stdout. The file has its name only once it is whole: one that is there stays what it was until then.
 * @returns how many bytes were written to the file; null: they went to stdout.
 */
export async function exportToFile(
  client: Client,
  { id, format, out }: { id: string; format: ExportFormat; out: string | null },
  output: Output,
): Promise<Result<{ session_id: string; file: string | null; bytes: number | null }, Problem>> {
  const found = await findSession(client, id);
  if (!found.ok) return found;
  const session = found.value;
  const fetchPage = async (after_seq: number): Promise<ExportPage> => {
    const page = await client.ask<ExportPage>({ type: 'export_page', session_id: session.session_id, after_seq });
    if (!page.ok) throw new PageProblem(page.error);
    return page.value;
  };
  const bytes = async (query: BytesQuery): Promise<BytesPiece | null> => {
    const piece = await client.ask<BytesPiece>({ ...query, session_id: session.session_id });
    return piece.ok ? piece.value : null;
  };
  const pieces = exportSession(format, session, { page: fetchPage, bytes }, Date.now());
  try {
    if (out === null) {
      for await (const piece of pieces)
        if (!output.out(piece)) await new Promise<void>((resolve) => output.onceDrained(resolve));
      return ok({ session_id: session.session_id, file: null, bytes: null });
    }
    return ok({ session_id: session.session_id, file: out, bytes: await writeWhole(out, pieces) });
  } catch (error) {
    if (error instanceof PageProblem) return err(error.problem);
    return err({
      code: 'storage_failed',
      message: `${out} could not be written: ${(error as Error).message}`,
      impact: 'Nothing was exported; a file that was there is as it was.',
      next: 'Name another file with --out, or make room on the disk.',
    });
  }
}

async function writeWhole(out: string, pieces: AsyncIterable<string>): Promise<number> {
  const part = `${out}.part`;
  const file = createWriteStream(part, { mode: 0o600 });
  try {
    await pipeline(pieces, file);
    await rename(part, out);
    return file.bytesWritten;
  } catch (error) {
    await unlink(part).catch(() => {});
    throw error;
  }
}
