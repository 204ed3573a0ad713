import { createStore } from 'zustand/vanilla';
import type { SessionId } from '../../main/protocol/ids.ts';
import type { SessionSummary } from '../../main/protocol/views.ts';
import { onRememberedElsewhere, recallJson, remember } from './storage.ts';

/**
 * Up to which event each session was seen on this device. Of the device and not of the person: what was read on the phone in passing is new again at
 * the desk, where it is worked on.
 */
type Seen = Readonly<Record<SessionId, number>>;

const storageKey = 'seen';
/** Sessions that are remembered; those that were seen longest ago are forgotten first and count as seen. */
const most = 2_000;

const isSeen = (value: unknown): value is Seen => typeof value === 'object' && value !== null && !Array.isArray(value);

interface SeenView {
  readonly seen: Seen;
  /** Sessions that were marked by hand to be read later. */
  readonly marked: ReadonlySet<SessionId>;
}

const kept = recallJson(storageKey, isSeen);

export const seenStore = createStore<SeenView>(() => ({ seen: kept ?? {}, marked: new Set() }));

/** Nothing of this device is remembered: it sees this machine for the first time. */
let first = kept === null;

function keep(seen: Seen): void {
  const entries = Object.entries(seen) as [SessionId, number][];
  const latest = Object.fromEntries(entries.slice(-most));
  seenStore.setState({ seen: latest });
  remember(storageKey, JSON.stringify(latest));
}

/** The list of sessions came. On a device that sees it for the first time nothing is new: it would all be. */
export function meetSessions(sessions: Iterable<SessionSummary>): void {
  if (!first) return;
  first = false;
  keep(Object.fromEntries([...sessions].map((one) => [one.session_id, one.seq])));
}

/** A person has the session before their eyes, up to this event. */
export function markSeen(sessionId: SessionId, seq: number): void {
  const { seen, marked } = seenStore.getState();
  if (marked.has(sessionId)) seenStore.setState({ marked: new Set([...marked].filter((one) => one !== sessionId)) });
  if ((seen[sessionId] ?? 0) >= seq) return;
  const { [sessionId]: _, ...others } = seen;
  keep({ ...others, [sessionId]: seq } as Seen);
}

/** Somebody wants to come back to it. It stays so until it is opened. */
export function markUnread(sessionId: SessionId): void {
  seenStore.setState({ marked: new Set([...seenStore.getState().marked, sessionId]) });
}

/** Whether something came that was not seen here. What an agent is still at is not new but running. */
export function isUnread({ seen, marked }: SeenView, session: SessionSummary): boolean {
  if (marked.has(session.session_id)) return true;
  return session.status !== 'running' && session.seq > (seen[session.session_id] ?? 0);
}

/** Another window or tab has seen something. What was seen in either was seen, whichever of them wrote last. */
onRememberedElsewhere(storageKey, () => {
  const theirs = recallJson(storageKey, isSeen) ?? {};
  const own = Object.entries(seenStore.getState().seen) as [SessionId, number][];
  const forgets = Object.keys(theirs).length >= most;
  // What they have forgotten is not brought back, or two pages would tell one another for ever.
  const further = own.filter(([id, seq]) => (theirs[id] === undefined ? !forgets : seq > theirs[id]));
  const joined = { ...theirs, ...Object.fromEntries(further) } as Seen;
  first = false;
  // They are told of what they did not know, once: who knows as much writes nothing.
  if (further.length > 0) keep(joined);
  else seenStore.setState({ seen: joined });
});
