import { open } from 'node:fs/promises';
import type { PromptAttachment } from '../../orchestrator/ports.ts';
import { bytes, code, type Guide } from './guide.ts';
import type { GuideWords } from './words/index.ts';

/** Bytes of a file that are looked at. */
const looked = 65_536;

/** Width and height, where the beginning of the file says them. */
function sizeOfImage(head: Buffer, words: GuideWords): string | null {
  if (head.length >= 24 && head.toString('latin1', 1, 4) === 'PNG')
    return words.pixels(head.readUInt32BE(16), head.readUInt32BE(20));
  if (head.length >= 10 && head.toString('latin1', 0, 3) === 'GIF')
    return words.pixels(head.readUInt16LE(6), head.readUInt16LE(8));
  return null;
}

/** What a program without eyes can say of a file. */
async function seen({ path, media_type, bytes: size }: PromptAttachment, words: GuideWords): Promise<string> {
  const file = await open(path);
  let head: Buffer;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(looked, size)), 0, Math.min(looked, size), 0);
    head = buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
  if (media_type.startsWith('image/')) return sizeOfImage(head, words) ?? words.picture;
  if (head.includes(0)) return words.notText;
  const lines = head.toString('utf8').split('\n').length;
  return words.textOf(lines, size > looked);
}

/** Looks at what came with the message, as a tool call for each, and says what it is. */
export async function lookAtAttached({ turn, words }: Guide, attachments: readonly PromptAttachment[]): Promise<void> {
  const rows: string[] = [];
  for (const attachment of attachments) {
    const { name, media_type, bytes: size, path } = attachment;
    const call = { tool: 'Look', kind: 'read' as const, title: name, input: { path } };
    await turn.tool(call, async () => {
      try {
        const what = await seen(attachment, words);
        rows.push(`| ${code(name.replaceAll('|', '/'))} | ${media_type} | ${bytes(size, words)} | ${what} |`);
        return { status: 'completed', output: what };
      } catch (error) {
        const why = (error as NodeJS.ErrnoException).code ?? String(error);
        rows.push(
          `| ${code(name.replaceAll('|', '/'))} | ${media_type} | ${bytes(size, words)} | ${words.cannotOpen(why)} |`,
        );
        return { status: 'failed', output: why };
      }
    });
  }
  await turn.say(words.attached(rows.length, rows.join('\n')));
}
