import type { TreeProcess } from '../process/process-table.ts';

/**
 * Tells the processes of the running turn from those that were there before. Every command of the agent runs in a session of its own; helpers
 * of the CLI (MCP servers) share the CLI's, and what earlier turns left in the background was seen when this turn began.
 */
export class Leftovers {
  #kept: ReadonlySet<number> = new Set();

  /** A turn begins; all that runs now is not part of it. */
  begin(running: readonly TreeProcess[]): void {
    this.#kept = new Set(running.map((process) => process.group));
  }

  /** Of what runs now, what the turn started. @param root - pid of the CLI. */
  ofTurn(running: readonly TreeProcess[], root: number | undefined): TreeProcess[] {
    const byPid = new Map(running.map((process) => [process.pid, process]));
    const own = byPid.get(root ?? -1)?.group;
    const keeps = (process: TreeProcess) => process.group === own || this.#kept.has(process.group);
    return running.filter((process) => {
      if (process.pid === root || keeps(process)) return false;
      // A child of a kept background process belongs to it, also in a session of its own.
      const seen = new Set<number>();
      for (let at = byPid.get(process.parent); at !== undefined && !seen.has(at.pid); at = byPid.get(at.parent)) {
        if (at.pid !== root && at.group !== own && this.#kept.has(at.group)) return false;
        seen.add(at.pid);
      }
      return true;
    });
  }
}
