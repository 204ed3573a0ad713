import type { FaultCount } from './scenario.ts';

/** Remembers how often each fault has struck: with the request log the only memory of the server. */
export class FaultCounters {
  readonly #struck = new Map<string, number>();

  /** Whether the fault strikes this time. @param times - strikes in total, `null` for always. */
  strikes(key: string, times: FaultCount): boolean {
    if (times === null) return true;
    const struck = this.#struck.get(key) ?? 0;
    if (struck >= times) return false;
    this.#struck.set(key, struck + 1);
    return true;
  }
}
