import type { GoalLimits } from '../../../main/protocol/values.ts';

export type LimitName = keyof GoalLimits;
/** As it stands in the fields: an empty one is no limit. */
export type LimitTexts = Readonly<Record<LimitName, string>>;

/** What each may be, as the protocol has it. */
export const limitRanges: Readonly<Record<LimitName, { least: number; most: number; whole: boolean }>> = {
  turns: { least: 1, most: 1000, whole: true },
  minutes: { least: 1, most: 10_080, whole: false },
  cost_usd: { least: 0.01, most: 10_000, whole: false },
};

export const limitTexts = (limits: GoalLimits): LimitTexts => ({
  turns: limits.turns?.toString() ?? '',
  minutes: limits.minutes?.toString() ?? '',
  cost_usd: limits.cost_usd?.toString() ?? '',
});

/** One field's limit; `undefined`: it cannot be read as one. */
export function readLimit(name: LimitName, text: string): number | null | undefined {
  const words = text.trim().replace(',', '.');
  if (words === '') return null;
  const value = Number(words);
  const { least, most, whole } = limitRanges[name];
  if (!Number.isFinite(value) || value < least || value > most || (whole && !Number.isInteger(value))) return undefined;
  return value;
}

/** All three; null when one of them cannot be read. */
export function readLimits(texts: LimitTexts): GoalLimits | null {
  const turns = readLimit('turns', texts.turns);
  const minutes = readLimit('minutes', texts.minutes);
  const cost_usd = readLimit('cost_usd', texts.cost_usd);
  return turns === undefined || minutes === undefined || cost_usd === undefined ? null : { turns, minutes, cost_usd };
}
