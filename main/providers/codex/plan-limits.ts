import type { PlanLimit } from '../../protocol/values.ts';
import { amount, type Fields, fields, string } from '../shared/fields.ts';

/** From here on a person should know, percent. */
const warningPercent = 80;
const maxLimits = 20;

/**
 * What the plan of the account allows: snapshots of `account/rateLimits/updated`, each `{ limitId, limitName, primary, secondary, … }` with windows
 * of `{ usedPercent, windowDurationMins, resetsAt (seconds since 1970) }`. A snapshot tells only what is known just now: what is absent or null
 * stays as it was.
 */
export class PlanLimits {
  readonly #windows = new Map<string, PlanLimit>();

  /** @returns whether something is new. */
  learn(snapshot: Fields): boolean {
    const before = JSON.stringify(this.all());
    const name = string(snapshot.limitId) ?? 'codex';
    const shown = string(snapshot.limitName);
    const reached = string(snapshot.rateLimitReachedType) !== undefined;
    for (const which of ['primary', 'secondary'] as const) {
      const window = fields(snapshot[which]);
      const used = amount(window.usedPercent);
      if (used === undefined || this.#windows.size >= maxLimits) continue;
      const id = (name === 'codex' ? which : `${name}_${which}`).slice(0, 100);
      const minutes = amount(window.windowDurationMins);
      const label = [shown ?? (name === 'codex' ? '' : name), minutes === undefined ? which : duration(minutes)];
      const limit: PlanLimit = {
        id,
        label: label.filter(Boolean).join(', ').slice(0, 100),
        state: used >= 100 || (reached && used >= 99) ? 'reached' : used >= warningPercent ? 'warning' : 'ok',
        used_percent: Math.min(100, used),
      };
      const resets = amount(window.resetsAt);
      if (resets !== undefined) limit.resets_at = Math.trunc(resets * 1000);
      this.#windows.set(id, limit);
    }
    return JSON.stringify(this.all()) !== before;
  }

  all(): PlanLimit[] {
    return [...this.#windows.values()];
  }

  /** When the limits that are used up are all free again, seconds since 1970. */
  resetsAt(): number | undefined {
    const times = this.all().flatMap(({ state, resets_at }) =>
      state === 'reached' && resets_at !== undefined ? [resets_at / 1000] : [],
    );
    return times.length === 0 ? undefined : Math.max(...times);
  }
}

/** "5 hours", "1 week": as plans are spoken of. @param minutes - length of a window. */
function duration(minutes: number): string {
  const units = [
    ['week', 10_080],
    ['day', 1440],
    ['hour', 60],
  ] as const;
  // Windows are told a minute short or long at times (299 for five hours).
  for (const [unit, length] of units) {
    const count = Math.round(minutes / length);
    if (count >= 1 && Math.abs(minutes - count * length) <= count * length * 0.02) {
      return `${count} ${unit}${count === 1 ? '' : 's'}`;
    }
  }
  return `${Math.round(minutes)} minutes`;
}
