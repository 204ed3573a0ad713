import { Hand } from 'lucide-react';
import { go, routeStore } from '../../store/route.ts';
import { setSheet } from '../../store/sheet.ts';
import { t } from '../../strings/index.ts';
import { useSessions } from '../../ui/client-context.ts';

/** What waits for a person, in one place; each click goes to the next. */
export function WaitingStrip() {
  const byId = useSessions((view) => view.byId);
  const waiting = [...byId.values()].filter((session) => session.status === 'waiting' && !session.archived);
  if (waiting.length === 0) return null;
  const goToNext = (): void => {
    const route = routeStore.getState();
    const at = waiting.findIndex((one) => route.name === 'session' && one.session_id === route.sessionId);
    const next = waiting[(at + 1) % waiting.length];
    if (next) go({ name: 'session', sessionId: next.session_id });
    setSheet(false);
  };
  return (
    <button type="button" className="waiting-strip" onClick={goToNext}>
      <Hand size={15} aria-hidden />
      {t.sidebar.waiting(waiting.length)}
    </button>
  );
}
