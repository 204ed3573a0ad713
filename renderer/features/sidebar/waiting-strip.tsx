import { Hand } from 'lucide-react';
import { goToWaiting } from '../../store/next-session.ts';
import { setSheet } from '../../store/sheet.ts';
import { withKeys } from '../../store/shortcuts.ts';
import { t } from '../../strings/index.ts';
import { useClient, useSessions } from '../../ui/client-context.ts';

/** What waits for a person, in one place; each click goes to the next. */
export function WaitingStrip() {
  const client = useClient();
  const byId = useSessions((view) => view.byId);
  const waiting = [...byId.values()].filter((session) => session.status === 'waiting' && !session.archived);
  if (waiting.length === 0) return null;
  const goToNext = (): void => {
    goToWaiting(client);
    setSheet(false);
  };
  return (
    <button
      type="button"
      className="waiting-strip"
      title={withKeys(t.palette.nextWaiting, 'nextWaiting')}
      onClick={goToNext}
    >
      <Hand size={15} aria-hidden />
      {t.sidebar.waiting(waiting.length)}
    </button>
  );
}
