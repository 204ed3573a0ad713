import { Emitter } from '../base/emitter.ts';
import type { Device } from '../protocol/access.ts';
import type { Problem } from '../protocol/errors.ts';
import type { ServerFrameOf } from '../protocol/frames.ts';
import type { SessionId } from '../protocol/ids.ts';
import type { ProviderInfo } from '../protocol/values.ts';
import type { ImportStatus, SessionSummary } from '../protocol/views.ts';

/**
 * Tells inside main that something is new. It carries no events: whoever listens holds a cursor and reads the log and the open items from
 * there, so a message that is late or doubled does no harm. Spoken only after the commit.
 */
export interface SessionBus {
  /** The session has new durable events or more text. */
  changed(session_id: SessionId): void;
  onChanged(session_id: SessionId, listener: () => void): () => void;
  /** Does anybody listen to this session? */
  isFollowed(session_id: SessionId): boolean;
  readonly summary: Emitter<SessionSummary>;
  /** The session was deleted. */
  readonly removed: Emitter<SessionId>;
  readonly providers: Emitter<ProviderInfo[]>;
  readonly problem: Emitter<{ session_id: SessionId | null; problem: Problem }>;
  /** How far reading the CLIs' own conversations is. */
  readonly importStatus: Emitter<ImportStatus>;
  /** A conversation of the vault has grown to so many entries. */
  readonly importGrown: Emitter<{ import_id: string; messages: number }>;
  /** Credentials or doors changed. */
  readonly accessChanged: Emitter<ServerFrameOf<'access_changed'>['what']>;
  /** What is being written in a session, or for a new one, was changed. */
  readonly draftChanged: Emitter<Omit<ServerFrameOf<'draft_changed'>, 'type'>>;
  /** A device took a pairing. */
  readonly devicePaired: Emitter<{ pairing_id: string; device: Device }>;
}

export function createSessionBus(): SessionBus {
  const topics = new Map<SessionId, Emitter<void>>();
  return {
    changed: (session_id) => topics.get(session_id)?.emit(),
    onChanged(session_id, listener) {
      const topic = topics.get(session_id) ?? new Emitter<void>();
      topics.set(session_id, topic);
      const off = topic.on(listener);
      return () => {
        off();
        if (topic.size === 0 && topics.get(session_id) === topic) topics.delete(session_id);
      };
    },
    isFollowed: (session_id) => topics.has(session_id),
    summary: new Emitter(),
    removed: new Emitter(),
    providers: new Emitter(),
    problem: new Emitter(),
    importStatus: new Emitter(),
    importGrown: new Emitter(),
    accessChanged: new Emitter(),
    draftChanged: new Emitter(),
    devicePaired: new Emitter(),
  };
}
