/** Bytes of a name that every file system takes. */
const maxNameBytes = 200;

/** What was said to be the name of a file, as a name of a file in a folder of ours: no path, nothing that a shell or a person stumbles over. */
export function fileName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const plain = name.replace(/[/\\:*?"<>|\u0000-\u001f\u007f]/g, '_').replace(/^[\s.]+|[\s.]+$/g, '');
  if (plain === '' || plain === 'content') return `file${plain === '' ? '' : `-${plain}`}`;
  const dot = plain.lastIndexOf('.');
  const ending = dot > 0 && plain.length - dot <= 20 ? plain.slice(dot) : '';
  let stem = ending === '' ? plain : plain.slice(0, dot);
  while (Buffer.byteLength(stem + ending) > maxNameBytes) stem = stem.slice(0, -1);
  return (stem || 'file') + ending;
}

/**
 * The type of an image by its first bytes; null when it is none that models take. A model refuses an image that is called something else than it
 * is, and with it every later message of the conversation.
 */
export function imageType(head: Uint8Array): 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | null {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 12)).toString('latin1');
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'image/gif';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  return null;
}
