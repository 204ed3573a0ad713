/** Lengths of time a credential can be given, milliseconds; null: no end. */
export const expiryMs = {
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
  quarter: 90 * 86_400_000,
  year: 365 * 86_400_000,
  never: null,
} as const;
export type Expiry = keyof typeof expiryMs;

/** The moment a choice means, counted from now. @returns milliseconds since 1970, null for no end, undefined where it stays as it is. */
export function expiresAt(choice: Expiry | 'keep', now: number): number | null | undefined {
  if (choice === 'keep') return undefined;
  const ms = expiryMs[choice];
  return ms === null ? null : now + ms;
}
