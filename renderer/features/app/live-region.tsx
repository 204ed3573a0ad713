import { useEffect, useState } from 'react';
import type { SessionSummary } from '../../../main/protocol/views.ts';
import { t } from '../../strings/index.ts';
import { useClient } from '../../ui/client-context.ts';

/** Says, to those who do not see it, that a turn has ended or that something waits. */
export function LiveRegion() {
  const { sessions } = useClient();
  const [text, setText] = useState('');
  useEffect(
    () =>
      sessions.subscribe((view, before) => {
        if (!before.loaded) return;
        for (const [id, session] of view.byId) {
          const said = announcement(before.byId.get(id), session);
          if (said) setText(said);
        }
      }),
    [sessions],
  );
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {text}
    </div>
  );
}

function announcement(before: SessionSummary | undefined, now: SessionSummary): string | null {
  if (!before || before.status === now.status) return null;
  const title = now.title || t.sidebar.untitled;
  if (now.status === 'waiting') return t.live.waiting(title);
  if (now.status === 'failed') return t.live.failed(title);
  if (now.status === 'idle') return t.live.finished(title);
  return null;
}
