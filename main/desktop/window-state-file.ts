import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { WindowState } from './window-bounds.ts';

const coordinate = z.number().int().min(-100_000).max(100_000);
const size = z.number().int().min(1).max(100_000);
const WindowStateFile = z.object({ x: coordinate, y: coordinate, width: size, height: size, maximized: z.boolean() });

const fileOf = (home: string) => join(home, 'window.json');

/** What was remembered, or null: nothing yet, or not readable. The window's place is never worth a refusal to start. */
export function readWindowState(home: string): WindowState | null {
  try {
    return WindowStateFile.parse(JSON.parse(readFileSync(fileOf(home), 'utf8')));
  } catch {
    return null;
  }
}

/** Remembers the window's place, whole or not at all. Returns false when the disk refused; nothing is lost but the place. */
export function writeWindowState(home: string, state: WindowState): boolean {
  const temporary = `${fileOf(home)}.new`;
  try {
    writeFileSync(temporary, `${JSON.stringify(state)}\n`, { mode: 0o600 });
    renameSync(temporary, fileOf(home));
    return true;
  } catch {
    return false;
  }
}
