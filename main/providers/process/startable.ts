import { existsSync, readFileSync } from 'node:fs';
import { win32 } from 'node:path';
import { readNpmShim } from './npm-shim.ts';

export interface Startable {
  file: string;
  args: readonly string[];
}

export interface StartableOptions {
  platform?: NodeJS.Platform;
  /** Reads a shim; throws when it cannot. */
  read?: (path: string) => string;
  exists?: (path: string) => boolean;
}

/**
 * What the system can start by itself for this program. Windows starts neither scripts nor `.cmd` files without a shell, and a shell would read
 * arguments as commands: a shim of npm is replaced by what it starts, a script is given to the Node on PATH.
 * @returns null when there is no way without a shell.
 */
export function startable(
  { file, args }: Startable,
  env: { readonly [name: string]: string | undefined },
  options: StartableOptions = {},
): Startable | null {
  const { platform = process.platform, read = (path) => readFileSync(path, 'utf8'), exists = existsSync } = options;
  if (platform !== 'win32') return { file, args };
  if (/\.(?:cmd|bat)$/i.test(file)) {
    let text: string;
    try {
      text = read(file);
    } catch {
      // Not there: the start itself says so.
      return { file: file.replace(/\.\w+$/, '.exe'), args };
    }
    const shim = readNpmShim(text, file);
    if (shim === null) return null;
    return withNode({ file: shim.target, args }, shim.nodeOptions, env, exists);
  }
  return withNode({ file, args }, [], env, exists);
}

function withNode(
  { file, args }: Startable,
  nodeOptions: readonly string[],
  env: { readonly [name: string]: string | undefined },
  exists: (path: string) => boolean,
): Startable | null {
  if (!/\.[cm]?js$/i.test(file)) return { file, args };
  const name = Object.keys(env).find((one) => one.toUpperCase() === 'PATH');
  const folders = (name === undefined ? '' : (env[name] ?? '')).split(';').filter((folder) => win32.isAbsolute(folder));
  const node = folders.map((folder) => win32.join(folder, 'node.exe')).find(exists);
  return node === undefined ? null : { file: node, args: [...nodeOptions, file, ...args] };
}
