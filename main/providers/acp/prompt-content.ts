import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { ContentBlock } from '@agentclientprotocol/sdk';
import type { Prompt, PromptAttachment } from '../../orchestrator/ports.ts';
import { mentionedFiles } from '../shared/mentioned-files.ts';
import type { AgentFacts } from './agent-facts.ts';

/** A text larger than this goes as a link, which the agent reads as far as it needs to. Bytes. */
const embeddedBytes = 200_000;

/** Kinds of image that models take. */
const images: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/**
 * A prompt as the agent can take it: images as images and texts as embedded resources where it said that it understands them, everything else
 * as a link to the file, which every agent takes.
 * @param cwd - folder of the session, whose files may be mentioned.
 * @throws what reading an attachment throws.
 */
export async function promptContent(
  { text, attachments }: Pick<Prompt, 'text' | 'attachments'>,
  can: Pick<AgentFacts, 'image' | 'embedded'>,
  cwd: string,
): Promise<ContentBlock[]> {
  const blocks = await Promise.all(attachments.map((attachment) => block(attachment, can)));
  const words = text === '' && blocks.length > 0 ? [] : [{ type: 'text' as const, text }];
  return [...words, ...links(text, cwd), ...blocks];
}

/** Files the words mention, each once, as the links that every agent takes; the words keep their `@`. */
function links(text: string, cwd: string): ContentBlock[] {
  const files = new Map(mentionedFiles(text, cwd).map((one) => [one.real, one.path]));
  return [...files].map(([real, name]) => ({ type: 'resource_link', uri: pathToFileURL(real).href, name }));
}

async function block(
  { path, name, media_type: mimeType, bytes }: PromptAttachment,
  can: Pick<AgentFacts, 'image' | 'embedded'>,
): Promise<ContentBlock> {
  if (can.image && images.has(mimeType)) {
    return { type: 'image', mimeType, data: (await readFile(path)).toString('base64') };
  }
  const uri = pathToFileURL(path).href;
  if (can.embedded && bytes <= embeddedBytes && !mimeType.startsWith('image/')) {
    const content = await readFile(path);
    // The name is what the person knows; the path is where the app keeps it.
    if (isText(content)) return { type: 'resource', resource: { uri, mimeType, text: titled(name, content) } };
  }
  return { type: 'resource_link', uri, name, mimeType, size: bytes };
}

function titled(name: string, content: Buffer): string {
  return `${name}\n\n${content.toString('utf8')}`;
}

function isText(content: Buffer): boolean {
  if (content.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(content);
    return true;
  } catch {
    return false;
  }
}
