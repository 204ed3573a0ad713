import { extname } from 'node:path';

/**
 * Types a download may be called, by the ending of its name. What a browser would run or render with scripts (HTML, SVG, XML, PDF) is not among them:
 * that is bytes to save, like everything unknown.
 */
const types: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.json': 'application/json',
  '.zip': 'application/zip',
  '.gz': 'application/gzip',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.csv': 'text/plain; charset=utf-8',
  '.log': 'text/plain; charset=utf-8',
};

export const mediaType = (name: string): string => types[extname(name).toLowerCase()] ?? 'application/octet-stream';

/** A picture that can be shown without running anything; SVG can hold scripts. */
export const isImage = (name: string): boolean => mediaType(name).startsWith('image/');
