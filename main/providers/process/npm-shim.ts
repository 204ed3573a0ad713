import { win32 } from 'node:path';

/** What a `.cmd` file of npm, pnpm or yarn starts. */
export interface ShimTarget {
  /** Absolute path of a program, or of a script for Node. */
  target: string;
  /** Options for Node that stand before the script. */
  nodeOptions: readonly string[];
}

const target = /"%(?:~dp0|dp0%)\\?([^"%]+\.(?:[cm]?js|exe))"\s+%\*/gi;
const options = /"%_prog%"\s+((?:--[\w=.:-]+\s+)+)"/;

/**
 * Reads a shim as `cmd-shim` writes it (npm, pnpm, yarn: `"%_prog%" "%dp0%\node_modules\…\cli.js" %*`). A `.cmd` file can only be run by
 * `cmd.exe`, which reads `&`, `|`, `%` and `"` in arguments as its own; so what it starts is started instead of it, and never the file.
 * @param path - absolute path of the shim.
 * @returns null for any other `.cmd` file.
 */
export function readNpmShim(text: string, path: string): ShimTarget | null {
  const relative = [...text.matchAll(target)].at(-1)?.[1];
  if (relative === undefined) return null;
  const nodeOptions = options.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
  return { target: win32.resolve(win32.dirname(path), relative), nodeOptions };
}
