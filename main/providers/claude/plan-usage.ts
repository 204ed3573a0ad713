import type { Clock } from '../../base/clock.ts';
import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { type Fields, fields, string } from '../shared/fields.ts';
import type { Link } from './link.ts';
import { PlanLimits } from './plan-limits.ts';

/** Asks the CLI now and then how much of the plan is used, where the account has one; an API key has none. */
export class PlanUsage {
  readonly limits = new PlanLimits();
  readonly #deps: { clock: Clock; everyMs: number; emit: (event: ProviderEvent) => void };
  #hasPlan = false;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(deps: { clock: Clock; everyMs: number; emit: (event: ProviderEvent) => void }) {
    this.#deps = deps;
  }

  /** @param answer - to `initialize`. */
  initialized(answer: Fields, link: Link): void {
    const plan = string(fields(answer.account).subscriptionType);
    this.#hasPlan = plan !== undefined && plan !== '';
    this.ask(link);
  }

  /** Not more often than is of use. */
  ask(link: Link): void {
    const { clock, everyMs, emit } = this.#deps;
    if (!this.#hasPlan || clock.now() - this.#askedAt < everyMs) return;
    this.#askedAt = clock.now();
    link.control({ subtype: 'get_usage', skip_behaviors: true }, (ok, answer) => {
      if (!ok || answer.rate_limits_available === false) this.#hasPlan = false;
      const windows = ok ? this.limits.usage(answer) : null;
      if (windows !== null) emit({ type: 'plan_limits', limits: windows });
    });
  }
}
