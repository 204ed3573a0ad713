import type { PlanLimit } from '../../protocol/values.ts';
import { amount, type Fields, fields, list, string } from '../shared/fields.ts';

/** As `/usage` of the CLI calls them. */
const labels: { readonly [id: string]: string } = {
  five_hour: '5 hours',
  seven_day: '7 days',
  seven_day_opus: '7 days, Opus',
  seven_day_sonnet: '7 days, Sonnet',
  seven_day_oauth_apps: '7 days, other apps',
  seven_day_overage_included: '7 days, largest models',
  overage: 'Extra usage',
  extra_usage: 'Extra usage',
};

/** From here on a window is shown as nearly used up, where the CLI does not say so itself. Percent. */
const nearPercent = 80;
const maxWindows = 20;

/**
 * How much of the account's plan is used: windows by name, put together from what the CLI says in passing (`rate_limit_event`, one or a few
 * windows) and when it is asked (`get_usage`, all of them).
 */
export class PlanLimits {
  readonly #windows = new Map<string, PlanLimit>();
  #told = '';

  /** `rate_limit_info` of a `rate_limit_event`: shares from 0 to 1, times in seconds. @returns all windows when one of them changed. */
  event(info: Fields): PlanLimit[] | null {
    for (const [id, value] of Object.entries(fields(info.unifiedWindows))) this.#put(id, fields(value));
    const id = string(info.rateLimitType);
    if (id !== undefined) this.#put(id, info);
    return this.#changed();
  }

  /** The answer to `get_usage`: percent, times as ISO 8601. @returns all windows when one of them changed. */
  usage(answer: Fields): PlanLimit[] | null {
    const given = fields(answer.rate_limits);
    for (const [id, value] of Object.entries(given)) {
      const window = fields(value);
      if (amount(window.utilization) === undefined || window.is_enabled === false) continue;
      this.#asked(id, labels[id] ?? id.replaceAll('_', ' '), window);
    }
    for (const value of list(given.model_scoped)) {
      const name = string(fields(value).display_name);
      if (name !== undefined) this.#asked(`model:${name}`, `7 days, ${name}`, fields(value));
    }
    return this.#changed();
  }

  #put(id: string, { status, utilization, resetsAt }: Fields): void {
    const share = amount(utilization);
    const used = share === undefined ? undefined : percent(share * 100);
    const state = status === 'rejected' ? 'reached' : status === 'allowed_warning' ? 'warning' : 'ok';
    this.#set(id, labels[id] ?? id.replaceAll('_', ' '), state, used, milliseconds(resetsAt));
  }

  #asked(id: string, label: string, window: Fields): void {
    const used = percent(amount(window.utilization) ?? 0);
    const state = used >= 100 ? 'reached' : used >= nearPercent ? 'warning' : 'ok';
    const resets = Date.parse(string(window.resets_at) ?? '');
    this.#set(id, label, state, used, Number.isNaN(resets) ? undefined : resets);
  }

  #set(id: string, label: string, state: PlanLimit['state'], used?: number, resets?: number): void {
    if (!this.#windows.has(id) && this.#windows.size >= maxWindows) return;
    const limit: PlanLimit = { id: id.slice(0, 100), label: label.slice(0, 100), state };
    if (used !== undefined) limit.used_percent = used;
    if (resets !== undefined) limit.resets_at = resets;
    this.#windows.set(id, limit);
  }

  #changed(): PlanLimit[] | null {
    const windows = [...this.#windows.values()];
    const now = JSON.stringify(windows);
    if (windows.length === 0 || now === this.#told) return null;
    this.#told = now;
    return windows;
  }
}

function percent(value: number): number {
  return Math.min(100, Math.round(value * 10) / 10);
}

function milliseconds(seconds: unknown): number | undefined {
  const at = amount(seconds);
  return at === undefined ? undefined : Math.trunc(at * 1000);
}
