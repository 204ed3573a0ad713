import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { headersOfFile, pageTypes } from '../security/page-policy.ts';

/** The built page has some dozens of files; a folder with more is not it. */
const maxFiles = 2_000;
const maxDepth = 4;
/** What is packed already gains nothing; what is shorter fits into the same packets either way. Bytes. */
const worthPacking = 1_400;
const packedAlready = new Set(['.png', '.ico', '.woff2']);

const pack = promisify(gzip);

export interface StaticFile {
  body: Buffer;
  type: string;
  /** The name changes with the content (the bundler's hash), so a browser may keep it for good. */
  immutable: boolean;
  /** That this file has instead of those of every answer. */
  headers: Readonly<Record<string, string>>;
}

/**
 * Whether a client takes gzip. @param accepted - its `Accept-Encoding` (RFC 9110, 12.5.3); one that says nothing gets what it asked for as it is.
 */
export function takesGzip(accepted: string | undefined): boolean {
  const weights = new Map(
    (accepted ?? '').split(',').map((one) => {
      const [name = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((part) => part.startsWith('q='));
      return [name, weight === undefined ? 1 : Number(weight.slice(2))];
    }),
  );
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
}

/**
 * The files of the built page. The folder is listed, and a request is only ever looked up in that list: whatever an address says, it can name
 * a file that is in the folder or nothing. (A file server library would resolve paths, and costs 15 ms of start and 5 MB; see docs.)
 * Links are not followed, source maps and unknown types are not served.
 */
export class StaticFiles {
  readonly #folder: string;
  #files: ReadonlyMap<string, string> = new Map();
  /** Packed once for all who come: a third of the bytes for a phone. Their names change with their content, so none gets old; together some MB. */
  #packed = new Map<string, Promise<Buffer>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @param pathname - of the address, still percent-encoded, without query. `/` is the page, and looks at the folder anew: a build that
   *   was made meanwhile has files with other names.
   * @param gzipped - whether the answer may be packed.
   */
  async read(pathname: string, gzipped = false): Promise<StaticFile | null> {
    if (pathname === '/' || this.#files.size === 0) await this.#list();
    const name = fileName(pathname);
    const path = name === null ? undefined : this.#files.get(name);
    if (name === null || path === undefined) return null;
    const immutable = name.startsWith('assets/');
    const packable = immutable && !packedAlready.has(extname(name));
    try {
      const known = packable && gzipped ? this.#packed.get(name) : undefined;
      const plain = known === undefined ? await readFile(path) : null;
      const packed = plain === null || (packable && gzipped && plain.length >= worthPacking);
      return {
        body: packed ? await (known ?? this.#pack(name, plain!)) : plain!,
        type: pageTypes[extname(name)]!,
        immutable,
        headers: {
          ...headersOfFile(name),
          ...(packable ? { vary: 'accept-encoding' } : {}),
          ...(packed ? { 'content-encoding': 'gzip' } : {}),
        },
      };
    } catch {
      return null;
    }
  }

  #pack(name: string, plain: Buffer): Promise<Buffer> {
    let packed = this.#packed.get(name);
    if (packed === undefined) {
      packed = pack(plain);
      this.#packed.set(name, packed);
    }
    return packed;
  }

  async #list(): Promise<void> {
    const files = new Map<string, string>();
    await collect(this.#folder, '', 0, files);
    this.#files = files;
    for (const name of this.#packed.keys()) if (!files.has(name)) this.#packed.delete(name);
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
