import type { Settings } from '../../../main/protocol/settings.ts';
import { t } from '../../strings/index.ts';

/** A number that is being typed, or none at all (never, no limit). */
export interface NumberDraft {
  readonly text: string;
  readonly off: boolean;
}

export const numberFields = [
  'idle_close_minutes',
  'turn_idle_minutes',
  'turn_total_minutes',
  'goal_turns',
  'goal_minutes',
  'goal_cost_usd',
] as const;
export type NumberField = (typeof numberFields)[number];

export interface SettingsDraft {
  readonly numbers: Readonly<Record<NumberField, NumberDraft>>;
  readonly import_enabled: boolean;
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  /** Offered when a limit is switched on. */
  readonly start: number;
}

/** The bounds of the settings, as the contract has them. */
export const ranges: Readonly<Record<NumberField, Range>> = {
  idle_close_minutes: { min: 1, max: 10_080, whole: false, start: 10 },
  turn_idle_minutes: { min: 1, max: 10_080, whole: false, start: 30 },
  turn_total_minutes: { min: 1, max: 10_080, whole: false, start: 120 },
  goal_turns: { min: 1, max: 1_000, whole: true, start: 12 },
  goal_minutes: { min: 1, max: 10_080, whole: false, start: 60 },
  goal_cost_usd: { min: 0.01, max: 10_000, whole: false, start: 5 },
};

const typed = (field: NumberField, value: number | null): NumberDraft => ({
  text: String(value ?? ranges[field].start),
  off: value === null,
});

export function draftOfSettings(settings: Settings): SettingsDraft {
  const { goal_limits } = settings;
  return {
    numbers: {
      idle_close_minutes: typed('idle_close_minutes', settings.idle_close_minutes),
      turn_idle_minutes: typed('turn_idle_minutes', settings.turn_idle_minutes),
      turn_total_minutes: typed('turn_total_minutes', settings.turn_total_minutes),
      goal_turns: typed('goal_turns', goal_limits.turns),
      goal_minutes: typed('goal_minutes', goal_limits.minutes),
      goal_cost_usd: typed('goal_cost_usd', goal_limits.cost_usd),
    },
    import_enabled: settings.import_enabled,
  };
}

/** Why a number cannot be taken, for a person; null when it can. */
export function problemOf(field: NumberField, { text, off }: NumberDraft): string | null {
  if (off) return null;
  const { min, max, whole } = ranges[field];
  const value = numberOf(text);
  const fits = value !== null && value >= min && value <= max && (!whole || Number.isInteger(value));
  if (fits) return null;
  return whole ? t.sessionSettings.whole(min, max) : t.sessionSettings.range(min, max);
}

/** What the draft changes of the settings; null while something in it cannot be taken. An empty object: nothing. */
export function changesOf(draft: SettingsDraft, settings: Settings): Partial<Settings> | null {
  if (numberFields.some((field) => problemOf(field, draft.numbers[field]) !== null)) return null;
  const number = (field: NumberField): number | null => {
    const one = draft.numbers[field];
    return one.off ? null : numberOf(one.text);
  };
  const next: Settings = {
    ...settings,
    idle_close_minutes: number('idle_close_minutes') ?? settings.idle_close_minutes,
    turn_idle_minutes: number('turn_idle_minutes'),
    turn_total_minutes: number('turn_total_minutes'),
    goal_limits: { turns: number('goal_turns'), minutes: number('goal_minutes'), cost_usd: number('goal_cost_usd') },
    import_enabled: draft.import_enabled,
  };
  const entries = Object.entries(next).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(settings[key as keyof Settings]),
  );
  return Object.fromEntries(entries);
}

/** "1.5" and "1,5"; null for what is no number. */
function numberOf(text: string): number | null {
  const clean = text.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(clean) ? Number(clean) : null;
}
