import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { PromptAttachment } from '../../orchestrator/ports.ts';
import { mentionsIn } from '../../protocol/mention-text.ts';

/** What the Anthropic Messages API takes as an image. */
const imageTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
/** The most the API takes of one image; the CLI makes larger ones smaller by itself, up to what fits into a line. Bytes. */
const maxImageBytes = 20 * 1024 * 1024;
const maxPdfBytes = 20 * 1024 * 1024;
/** Longer texts are better read piece by piece. Bytes. */
const maxTextBytes = 256 * 1024;

export type ContentBlock =
  | { type: 'text'; text: string }
  | { type: 'image'; source: { type: 'base64'; media_type: string; data: string } }
  | {
      type: 'document';
      title: string;
      source:
        | { type: 'base64'; media_type: 'application/pdf'; data: string }
        | { type: 'text'; media_type: 'text/plain'; data: string };
    };

/**
 * A message with its attachments as content blocks: images, PDF and short texts go along; of anything else the agent learns where it stands
 * and reads it itself.
 * @returns the text alone when nothing is attached. Never rejects: a file that cannot be read is told of by its path.
 */
export async function promptContent(
  message: string,
  attachments: readonly PromptAttachment[],
): Promise<string | ContentBlock[]> {
  const text = readableMentions(message);
  if (attachments.length === 0) return text;
  const blocks = await Promise.all(attachments.map(attachmentBlock));
  // As the API advises: what the words are about comes before them.
  return [...blocks, ...(text === '' ? [] : [{ type: 'text' as const, text }])];
}

/**
 * It reads `@path` and `@"path with spaces"` by itself, where a path in quotation marks ends at the next one and nothing is escaped: a path with such a
 * mark in it can only be said in words.
 */
export function readableMentions(text: string): string {
  let said = '';
  let at = 0;
  for (const { from, to, path, quoted } of mentionsIn(text)) {
    if (!quoted) continue;
    said += text.slice(at, from) + (path.includes('"') ? path : `@"${path}"`);
    at = to;
  }
  return said + text.slice(at);
}

async function attachmentBlock(attachment: PromptAttachment): Promise<ContentBlock> {
  const { media_type, bytes, name, path } = attachment;
  const most = imageTypes.has(media_type)
    ? maxImageBytes
    : media_type === 'application/pdf'
      ? maxPdfBytes
      : maxTextBytes;
  if (bytes > most) return byPath(attachment);
  const content = await readFile(path).catch(() => null);
  if (content === null) return byPath(attachment);
  if (imageTypes.has(media_type)) {
    return { type: 'image', source: { type: 'base64', media_type, data: content.toString('base64') } };
  }
  if (media_type === 'application/pdf' || extname(name).toLowerCase() === '.pdf') {
    const data = content.toString('base64');
    return { type: 'document', title: name, source: { type: 'base64', media_type: 'application/pdf', data } };
  }
  const data = asText(content);
  if (data === null) return byPath(attachment);
  return { type: 'document', title: name, source: { type: 'text', media_type: 'text/plain', data } };
}

/** Null for what is not text. */
function asText(content: Buffer): string | null {
  if (content.length === 0 || content.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return null;
  }
}

function byPath({ name, media_type, bytes, path }: PromptAttachment): ContentBlock {
  return { type: 'text', text: `The user attached a file: ${name} (${media_type}, ${bytes} bytes). It is at ${path}` };
}
