import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { err, ok, type Result } from './base/result.ts';
import type { DataStateFile } from './data/data-state.ts';
import { tellOfRestore } from './data/tell-of-restore.ts';
import { homePaths, readRunning, writeRunning } from './home.ts';
import type { Problem } from './protocol/errors.ts';
import { askForLink } from './second-start.ts';
import { ensureOwnerToken } from './security/owner-token.ts';
import { homeProblem } from './start-problems.ts';
import { takeInstanceLock } from './storage/instance-lock.ts';
import type { Db } from './storage/open-database.ts';
import { openWithRecovery } from './storage/recovery.ts';
import { applyPlannedRestore } from './storage/restore.ts';

export type StartRefusal =
  | { kind: 'already_running'; running: { pid: number; url: string | null; openUrl: string | null } }
  | { kind: 'problem'; problem: Problem };

/** A home that is ours until `release`. */
export interface OpenHome {
  db: Db;
  /** Of the owner of this home. */
  token: string;
  /** The run before did not end by itself. */
  unclean: boolean;
  /** What the person has to know of this start. */
  notices: Problem[];
  /** Lets another process have it. */
  release: () => void;
}

/** How long a second start waits for a verb of the command line that holds the home for a moment. */
const lockPatienceMs = 5000;

/** Takes the lock of this home, or says who has it. */
async function takeHome(home: string): Promise<Result<() => void, StartRefusal>> {
  const deadline = Date.now() + lockPatienceMs;
  for (;;) {
    const release = takeInstanceLock(homePaths(home).lock);
    if (release) return ok(release);
    const running = readRunning(home);
    if (running?.url) {
      const openUrl = await askForLink(home, running.url);
      if (openUrl || Date.now() > deadline) {
        return err({ kind: 'already_running', running: { pid: running.pid, url: running.url, openUrl } });
      }
    } else if (Date.now() > deadline) {
      return err({ kind: 'already_running', running: { pid: running?.pid ?? 0, url: null, openUrl: null } });
    }
    await wait(50);
  }
}

/** What the disk refuses is told; anything else is a defect. */
function refusalOf(home: string, error: unknown): { ok: false; error: StartRefusal } {
  const problem = homeProblem(home, error);
  if (problem) return err({ kind: 'problem', problem });
  throw error;
}

/**
 * Makes the folder where everything lives, takes it for this process, carries out a restore that was planned, and opens the database. Nothing is left
 * behind when it refuses.
 */
export async function openHome(
  home: string,
  composition: 'desktop' | 'headless' | 'cli',
  dataState: DataStateFile,
): Promise<Result<OpenHome, StartRefusal>> {
  const paths = homePaths(home);
  let release: () => void;
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const lock = await takeHome(home);
    if (!lock.ok) return lock;
    release = lock.value;
  } catch (error) {
    return refusalOf(home, error);
  }
  const token = ensureOwnerToken(home);
  if (!token.ok) {
    release();
    return err({ kind: 'problem', problem: token.error });
  }
  try {
    // Whoever ended cleanly took this file away.
    const unclean = existsSync(paths.running) || existsSync(paths.checkDatabase);
    const restored = applyPlannedRestore(paths, Date.now());
    const { db, notices, recovered } = openWithRecovery(
      paths.database,
      paths.backups,
      Date.now(),
      unclean,
      paths.attachments,
    );
    rmSync(paths.checkDatabase, { force: true });
    if (recovered || restored?.ok) dataState.note({ backup_opened_at: Date.now() });
    if (restored) notices.push(tellOfRestore(restored, dataState, Date.now()));
    writeRunning(home, { pid: process.pid, url: null, composition, started_at: Date.now() });
    if (token.value.repaired) notices.push(token.value.repaired);
    return ok({ db, token: token.value.token, unclean, notices, release });
  } catch (error) {
    release();
    return refusalOf(home, error);
  }
}
