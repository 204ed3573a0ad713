import { z } from 'zod';
import { homeFile } from './home-file.ts';
import type { WindowState } from './window-bounds.ts';

const coordinate = z.number().int().min(-100_000).max(100_000);
const size = z.number().int().min(1).max(100_000);
const WindowStateFile = z.object({ x: coordinate, y: coordinate, width: size, height: size, maximized: z.boolean() });

const fileOf = (home: string) => homeFile(home, 'window.json', WindowStateFile);

/** What was remembered, or null: nothing yet, or not readable. The window's place is never worth a refusal to start. */
export function readWindowState(home: string): WindowState | null {
  return fileOf(home).read();
}

/** Remembers the window's place, whole or not at all. Returns false when the disk refused; nothing is lost but the place. */
export function writeWindowState(home: string, state: WindowState): boolean {
  return fileOf(home).write(state);
}
