import { join } from 'node:path';
import { z } from 'zod';
import { homeFile } from '../home-file.ts';
import type { WindowState } from './window-bounds.ts';

/** As many windows as there may be: each is a page of its own, with what it takes of memory. */
export const mostWindows = 12;

const coordinate = z.number().int().min(-100_000).max(100_000);
const size = z.number().int().min(1).max(100_000);
/** A place in the page, as it stands in the address. */
const Place = z.string().regex(/^#\/[\w/-]{0,240}$/);
const OneWindow = z.object({
  ...{ x: coordinate, y: coordinate, width: size, height: size, maximized: z.boolean() },
  place: Place.optional().catch(undefined),
});
const WindowsFile = z.object({ windows: z.array(OneWindow).min(1).max(mostWindows) });
/** Before there were several. */
const OneWindowFile = OneWindow.transform((one) => ({ windows: [one] }));

/** What is remembered of a window. `place`: what it showed, such as `#/session/ses_…`. */
export interface KeptWindow extends WindowState {
  place?: string | undefined;
}

const fileOf = (home: string) =>
  homeFile<{ windows: KeptWindow[] }>(join(home, 'window.json'), z.union([WindowsFile, OneWindowFile]));

/** What was remembered, the window used last at the end; empty: nothing yet, or not readable. A window's place is never worth a refusal to start. */
export function readWindows(home: string): KeptWindow[] {
  return fileOf(home).read()?.windows ?? [];
}

/** The place of an address of the page, when it is one to come back to. */
export function placeOf(url: string): string | undefined {
  return Place.safeParse(URL.parse(url)?.hash).data;
}

/** Remembers the windows, whole or not at all. Returns false when the disk refused; nothing is lost but their places. */
export function writeWindows(home: string, windows: KeptWindow[]): boolean {
  return fileOf(home).write({ windows });
}
