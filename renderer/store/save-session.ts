import { type ExportFormat, exportName, mediaTypes } from '../../main/export/events.ts';
import type { BytesPiece, BytesQuery } from '../../main/export/pictures.ts';
import type { ExportPage } from '../../main/protocol/export.ts';
import type { SessionId } from '../../main/protocol/ids.ts';
import type { Client } from './client.ts';
import { saveAs } from './save-as.ts';

/** How long the browser may take to begin with a file before its address is given up, milliseconds. */
const keptMs = 60_000;

/** Pieces that are put together before they go into the file. */
const piecesAtOnce = 2_000;

/** Saves a session as a file, where the browser or the person says. A refusal is shown in the session. @returns whether there is a file. */
export async function saveSession(client: Client, session_id: SessionId, format: ExportFormat): Promise<boolean> {
  const session = client.sessions.getState().byId.get(session_id);
  if (!session) return false;
  let refused = false;
  const fetchPage = async (after_seq: number): Promise<ExportPage> => {
    const answer = await client.request<ExportPage>({ type: 'export_page', session_id, after_seq });
    if (answer.ok) return answer.value;
    refused = true;
    client.report(answer.problem, session_id);
    throw new Error(answer.problem.message);
  };
  const bytes = async (query: BytesQuery): Promise<BytesPiece | null> => {
    const answer = await client.request<BytesPiece>({ ...query, session_id });
    return answer.ok ? answer.value : null;
  };
  try {
    const { exportSession } = await import('../../main/export/export.ts');
    let blob = new Blob([], { type: mediaTypes[format] });
    let pieces: string[] = [];
    for await (const piece of exportSession(format, session, { page: fetchPage, bytes }, Date.now())) {
      pieces.push(piece);
      if (pieces.length < piecesAtOnce) continue;
      // A browser may keep a blob on the disk.
      blob = new Blob([blob, ...pieces], { type: mediaTypes[format] });
      pieces = [];
    }
    saveBlob(new Blob([blob, ...pieces], { type: mediaTypes[format] }), exportName(session.title, format));
    return true;
  } catch (error) {
    if (!refused) client.report({ code: 'internal', message: String(error) }, session_id);
    return false;
  }
}

function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  saveAs(url, name);
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
}
