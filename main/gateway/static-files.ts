import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { headersOfFile, pageTypes } from '../security/page-policy.ts';

/** The built page has some dozens of files; a folder with more is not it. */
const maxFiles = 2_000;
const maxDepth = 4;

export interface StaticFile {
  body: Buffer;
  type: string;
  /** The name changes with the content (the bundler's hash), so a browser may keep it for good. */
  immutable: boolean;
  /** That this file has instead of those of every answer. */
  headers: Readonly<Record<string, string>>;
}

/**
 * The files of the built page. The folder is listed, and a request is only ever looked up in that list: whatever an address says, it can name
 * a file that is in the folder or nothing. (A file server library would resolve paths, and costs 15 ms of start and 5 MB; see docs.)
 * Links are not followed, source maps and unknown types are not served.
 */
export class StaticFiles {
  readonly #folder: string;
  #files: ReadonlyMap<string, string> = new Map();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @param pathname - of the address, still percent-encoded, without query. `/` is the page, and looks at the folder anew: a build that
   *   was made meanwhile has files with other names.
   */
  async read(pathname: string): Promise<StaticFile | null> {
    if (pathname === '/' || this.#files.size === 0) await this.#list();
    const name = fileName(pathname);
    const path = name === null ? undefined : this.#files.get(name);
    if (name === null || path === undefined) return null;
    try {
      return {
        body: await readFile(path),
        type: pageTypes[extname(name)]!,
        immutable: name.startsWith('assets/'),
        headers: headersOfFile(name),
      };
    } catch {
      return null;
    }
  }

  async #list(): Promise<void> {
    const files = new Map<string, string>();
    await collect(this.#folder, '', 0, files);
    this.#files = files;
  }
}

/** The name in the list that an address asks for; null when it cannot be one. */
export function fileName(pathname: string): string | null {
  if (pathname === '/') return 'index.html';
  try {
    return pathname.startsWith('/') ? decodeURIComponent(pathname.slice(1)) : null;
  } catch {
    return null;
  }
}

async function collect(folder: string, prefix: string, depth: number, files: Map<string, string>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.name.startsWith('.') || files.size >= maxFiles) continue;
    const name = `${prefix}${entry.name}`;
    if (entry.isDirectory() && depth < maxDepth) await collect(join(folder, entry.name), `${name}/`, depth + 1, files);
    else if (entry.isFile() && pageTypes[extname(name)] !== undefined) files.set(name, join(folder, entry.name));
  }
}
