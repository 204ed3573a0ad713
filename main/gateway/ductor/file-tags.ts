import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files one answer can name. */
const maxTags = 50;

/**
 * Paths in the `<file:PATH>` tags of an answer, in order, each once. `file:` addresses and percent-encoding are decoded. The agent wrote
 * them: whether the client may have the files is asked elsewhere.
 */
export function fileTags(text: string): string[] {
  const paths = new Set<string>();
  for (const [, inside = ''] of text.matchAll(/<file:([^<>\r\n]{1,4096})>/g)) {
    const path = decode(inside.trim());
    if (path !== null && isAbsolute(path)) paths.add(path);
    if (paths.size >= maxTags) break;
  }
  return [...paths];
}

function decode(tag: string): string | null {
  try {
    // `<file:///home/a/b>` is an address; `<file:/home/a/b>` and `<file:C:\a>` are paths.
    if (tag.startsWith('//')) return fileURLToPath(`file:${tag}`);
    return decodeURIComponent(tag);
  } catch {
    // A percent sign that encodes nothing belongs to the name.
    return tag.startsWith('//') ? null : tag;
  }
}
