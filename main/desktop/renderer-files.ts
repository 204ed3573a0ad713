import { readFile } from 'node:fs/promises';
import { extname, join, relative, resolve, sep } from 'node:path';
import { headersOfFile, pageHeaders, pageTypes } from '../security/page-policy.ts';
import { isOwnPage } from './app-scheme.ts';

/**
 * Finds the file behind an address of the window's scheme.
 * @returns an absolute path inside `rendererDir`, or null: not our origin, a way out of the folder (`..`, also percent-encoded, a
 *   backslash, a drive letter), a NUL, or a type of file the renderer does not consist of.
 */
export function resolveRendererFile(rendererDir: string, url: string): string | null {
  if (!isOwnPage(url)) return null;
  const path = decodedPath(new URL(url).pathname);
  if (path === null) return null;
  const segments = path === '' || path === '/' ? ['index.html'] : path.slice(1).split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) return null;
  if (segments.some((segment) => /[\\:\0]/.test(segment))) return null;
  const root = resolve(rendererDir);
  const file = join(root, ...segments);
  if (!file.startsWith(root + sep) || pageTypes[extname(file)] === undefined) return null;
  return file;
}

/** Null when the percent-encoding is broken. */
function decodedPath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

/** Answers a request on the window's scheme from the folder of the built renderer. */
export async function serveRenderer(rendererDir: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, 'Only GET is served here.');
  const file = resolveRendererFile(rendererDir, request.url);
  if (file === null) return refusal(404, 'There is no such file.');
  try {
    const body = await readFile(file);
    return new Response(request.method === 'HEAD' ? null : body, {
      headers: {
        ...pageHeaders(),
        ...headersOfFile(relative(resolve(rendererDir), file)),
        'content-type': pageTypes[extname(file)]!,
      },
    });
  } catch {
    return refusal(404, 'There is no such file.');
  }
}

function refusal(status: number, text: string): Response {
  return new Response(text, { status, headers: { ...pageHeaders(), 'content-type': 'text/plain; charset=utf-8' } });
}
