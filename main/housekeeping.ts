import { writeFileSync } from 'node:fs';
import type { EventStore, Log, RuleStore } from './orchestrator/ports.ts';
import type { Db } from './storage/open-database.ts';

/** Not while the window comes up. */
const firstAfterMs = 60_000;
const dayMs = 86_400_000;
/** How long the answer to a command is kept for a retry. */
const receiptDays = 30;

export interface HousekeepingParts {
  store: Pick<EventStore, 'forgetReceipts'>;
  rules: Pick<RuleStore, 'removeOver'>;
  log: Log;
  /** What the other rooms have to put in order. */
  tidy: () => void;
}

/** What is done a minute after the start, and then once a day. @returns how it is ended. */
export function startHousekeeping({ store, rules, log, tidy }: HousekeepingParts): () => void {
  const all = () => {
    try {
      store.forgetReceipts(Date.now() - receiptDays * dayMs);
      rules.removeOver(Date.now());
    } catch (error) {
      log.warn('old receipts and rules could not be removed', { error: String(error) });
    }
    tidy();
  };
  let everyDay: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    all();
    everyDay = setInterval(all, dayMs);
    everyDay.unref();
  }, firstAfterMs);
  first.unref();
  return () => {
    clearTimeout(first);
    clearInterval(everyDay);
  };
}

/** Whether the database is whole. @param note - path of the file that makes the next start look at all of it. */
export function createDatabaseWatch(db: Db, note: string, log: Log) {
  const checkAtNextStart = () => {
    try {
      writeFileSync(note, '', { mode: 0o600 });
    } catch (error) {
      log.warn('the check of the database could not be noted', { error: String(error) });
    }
  };
  return {
    checkAtNextStart,
    problems(): string[] {
      const found = db.pragma('quick_check(5)') as { quick_check: string }[];
      const problems = found.map((row) => row.quick_check).filter((text) => text !== 'ok');
      if (problems.length > 0) checkAtNextStart();
      return problems;
    },
  };
}
