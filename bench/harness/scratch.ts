import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder for this run, gone when it ends. Below the system's temporary folder, or `QUARTERDECK_BENCH_DIR`: the event log's figures are those
 * of the disk it is on (on a tmpfs a commit costs nothing).
 */
export const scratch = mkdtempSync(join(process.env.QUARTERDECK_BENCH_DIR ?? tmpdir(), 'quarterdeck-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

let number = 0;

/** A fresh folder in it. */
export function freshFolder(name: string): string {
  number += 1;
  const folder = join(scratch, `${name}-${number}`);
  mkdirSync(folder);
  return folder;
}
