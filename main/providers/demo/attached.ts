import { open } from 'node:fs/promises';
import type { PromptAttachment } from '../../orchestrator/ports.ts';
import { bytes, code, type Guide, plural } from './guide.ts';

/** Bytes of a file that are looked at. */
const looked = 65_536;

/** Width and height, where the beginning of the file says them. */
function sizeOfImage(head: Buffer): string | null {
  if (head.length >= 24 && head.toString('latin1', 1, 4) === 'PNG')
    return `${head.readUInt32BE(16)} × ${head.readUInt32BE(20)} pixels`;
  if (head.length >= 10 && head.toString('latin1', 0, 3) === 'GIF')
    return `${head.readUInt16LE(6)} × ${head.readUInt16LE(8)} pixels`;
  return null;
}

/** What a program without eyes can say of a file. */
async function seen({ path, media_type, bytes: size }: PromptAttachment): Promise<string> {
  const file = await open(path);
  let head: Buffer;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(looked, size)), 0, Math.min(looked, size), 0);
    head = buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
  if (media_type.startsWith('image/')) return sizeOfImage(head) ?? 'a picture';
  if (head.includes(0)) return 'not text';
  const lines = head.toString('utf8').split('\n').length;
  return size > looked ? `text, more than ${plural(lines, 'line')}` : `text, ${plural(lines, 'line')}`;
}

/** Looks at what came with the message, as a tool call for each, and says what it is. */
export async function lookAtAttached({ turn }: Guide, attachments: readonly PromptAttachment[]): Promise<void> {
  const rows: string[] = [];
  for (const attachment of attachments) {
    const { name, media_type, bytes: size, path } = attachment;
    const call = { tool: 'Look', kind: 'read' as const, title: name, input: { path } };
    await turn.tool(call, async () => {
      try {
        const what = await seen(attachment);
        rows.push(`| ${code(name.replaceAll('|', '/'))} | ${media_type} | ${bytes(size)} | ${what} |`);
        return { status: 'completed', output: what };
      } catch (error) {
        const why = (error as NodeJS.ErrnoException).code ?? String(error);
        rows.push(
          `| ${code(name.replaceAll('|', '/'))} | ${media_type} | ${bytes(size)} | cannot be opened (${why}) |`,
        );
        return { status: 'failed', output: why };
      }
    });
  }
  await turn.say(
    `${plural(rows.length, 'file')} came with your message:\n\n| Name | Type | Size | What I can tell |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n\nI am no language model, so I cannot look at pictures. A real agent gets the same files.`,
  );
}
