import type { SessionId } from '../../main/protocol/ids.ts';
import type { SessionSummary } from '../../main/protocol/views.ts';
import { keptRecords } from '../bridge/kept-records.ts';
import type { Client } from './client.ts';
import type { TranscriptView } from './transcript/view.ts';

/** What was known last, shown while the gateway is away. It is never more than what this page had on screen. */
export interface SavedShell {
  readonly version: 2;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly sessions: readonly SessionSummary[];
  /** Of the welcome: with another one, numbers of events mean other events. */
  readonly history?: string;
  /** The session that was open. */
  readonly transcript: TranscriptView | null;
}

const records = keptRecords('shell');
const current = 'current';
/** A view that changes all the time is written at most this often and at least that often, milliseconds. */
const leastRestMs = 1_000;
const mostRestMs = 30_000;
/** A part of the page's time that writing may take: of a long session every write copies all of it. */
const share = 0.01;

/** How long to leave a view that changes all the time unwritten. @param costMs - for how long the last write held the page up. */
export function restAfter(costMs: number): number {
  return Math.min(mostRestMs, Math.max(leastRestMs, costMs / share));
}

export async function recallShell(): Promise<SavedShell | null> {
  const value = (await records.get(current)) as Partial<SavedShell> | undefined;
  if (value?.version !== 2 || !Array.isArray(value.sessions)) return null;
  // Where only text could be kept, the maps of a view did not survive it.
  const whole = value.transcript?.turns instanceof Map;
  return { ...(value as SavedShell), transcript: whole ? (value.transcript as TranscriptView) : null };
}

export const forgetShell = (): Promise<void> => records.delete(current);

/** Keeps what is known of the list and of the open session from now on, at rest and when the page is left. */
export function keepShell(client: Client, openSession: () => SessionId | null): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let restMs = leastRestMs;
  const save = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const { loaded, byId } = client.sessions.getState();
    // What is only shown from the record is no newer than it, and may be less: nothing of it is live.
    if (!loaded || client.connection.getState().shownAsOf !== null) return;
    const sessionId = openSession();
    const view = sessionId ? client.knownTranscript(sessionId) : null;
    const shell: SavedShell = {
      version: 2,
      savedAt: Date.now(),
      sessions: [...byId.values()],
      history: client.connection.getState().welcome?.history,
      // Half a replay is not what was known.
      transcript: view?.phase === 'live' ? view : null,
    };
    void records.set(current, shell).then((costMs) => {
      restMs = restAfter(costMs);
    });
  };
  const later = (): void => {
    timer ??= setTimeout(save, restMs);
  };
  client.sessions.subscribe(later);
  client.onTranscript = later;
  // A page that loses its link may be closed next, and a page that is closed has no time to write.
  client.connection.subscribe(({ link }, before) => {
    if (before.link.status === 'open' && link.status !== 'open') save();
  });
  window.addEventListener('pagehide', save);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save();
  });
}
