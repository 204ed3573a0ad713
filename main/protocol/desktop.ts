import { z } from 'zod';
import type { Problem } from './errors.ts';

/** How large the pages can be shown; 1: as they were drawn. */
export const zoomSteps: readonly number[] = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

const modifiers = ['Command', 'Control', 'Alt', 'Shift', 'Super'] as const;
const key = /^([A-Z0-9]|F([1-9]|1\d|2[0-4])|Space|Up|Down|Left|Right|Home|End|PageUp|PageDown|Insert)$/;

/**
 * Keys that count in the whole system, as Electron writes them ("Control+Alt+K"). Two modifiers at least, one of them more than Shift: a person uses
 * what has one alone (Ctrl+C) in every other program. Keys that type nothing (F9) need one.
 */
export function isAccelerator(text: string): boolean {
  const parts = text.split('+');
  const last = parts.pop() ?? '';
  const held = new Set(parts);
  const known = held.size === parts.length && parts.every((part) => modifiers.some((one) => one === part));
  const strong = parts.some((part) => part !== 'Shift');
  return known && strong && key.test(last) && parts.length >= (/^F\d/.test(last) ? 1 : 2);
}

/** What a person changes about the app on this machine. */
export const DesktopChange = z.discriminatedUnion('type', [
  /** Null: no keys summon the app. */
  z.strictObject({ type: z.literal('summon'), accelerator: z.string().max(60).refine(isAccelerator).nullable() }),
  z.strictObject({ type: z.literal('login'), on: z.boolean(), hidden: z.boolean() }),
  z.strictObject({ type: z.literal('background'), on: z.boolean() }),
  z.strictObject({ type: z.literal('zoom'), to: z.number().refine((to) => zoomSteps.includes(to)) }),
  z.strictObject({ type: z.literal('spelling'), on: z.boolean() }),
]);
export type DesktopChange = z.infer<typeof DesktopChange>;

/** How the app stands on this machine: each part as the system itself says it. */
export interface DesktopView {
  /** `works`: the system gives us these keys. */
  readonly summon: { readonly accelerator: string | null; readonly works: boolean };
  readonly login: LoginView;
  /** What becomes of the app when its last window is closed; null: the system knows no other way than going on. */
  readonly background: BackgroundView | null;
  readonly zoom: number;
  readonly spelling: SpellingView;
}

export interface LoginView {
  /** Whether this copy of the app can be opened at login at all; one that is not installed cannot on a Mac. */
  readonly can: boolean;
  readonly on: boolean;
  /** It opens without a window. */
  readonly hidden: boolean;
  /** The system waits until the person allows it in its own settings. */
  readonly unapproved: boolean;
  /** The program that the system opens when it is not this one. */
  readonly other: string | null;
}

export interface BackgroundView {
  /** There is an icon beside the clock, by which a window comes back; without one the app ends, whatever was chosen. */
  readonly can: boolean;
  readonly on: boolean;
}

export interface SpellingView {
  readonly on: boolean;
  /** What is checked, as language tags; empty while it is off and where the system decides. */
  readonly languages: readonly string[];
  /** Dictionaries are fetched from the network when a language is first checked; false: the system has its own. */
  readonly fetches: boolean;
  /** Languages whose dictionary could not be fetched. */
  readonly missing: readonly string[];
}

/** The state after what was asked; `problem`: it was not done. */
export interface DesktopAnswer {
  readonly view: DesktopView;
  readonly problem?: Problem;
}
