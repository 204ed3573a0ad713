import type { SessionId } from '../protocol/ids.ts';
import type { Sight } from '../protocol/notices.ts';

interface Shown {
  session_id: SessionId | null;
  inbox: boolean;
}

/** What each page of the app shows, and which of them is in front. */
export interface SightOfPages {
  /** The page of this window shows this now. */
  shows(contentsId: number, what: Shown): void;
  gone(contentsId: number): void;
  now(): Sight;
  /** The window that shows this session; null: none does. */
  windowOf(session_id: SessionId): number | null;
}

/** @param focused - contents of the window that has the keys; null: another app is in front. */
export function createSight(focused: () => number | null): SightOfPages {
  const pages = new Map<number, Shown>();
  return {
    shows: (contentsId, { session_id, inbox }) => void pages.set(contentsId, { session_id, inbox }),
    gone: (contentsId) => void pages.delete(contentsId),
    now() {
      const contentsId = focused();
      const shown = contentsId === null ? undefined : pages.get(contentsId);
      return { focused: contentsId !== null, session_id: shown?.session_id ?? null, inbox: shown?.inbox ?? false };
    },
    windowOf: (session_id) => [...pages].find(([, shown]) => shown.session_id === session_id)?.[0] ?? null,
  };
}
