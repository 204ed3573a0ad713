import { Users } from 'lucide-react';
import { useState } from 'react';
import type { TranscriptView } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useClient } from '../../ui/client-context.ts';
import { RightButton } from '../../ui/right-button.tsx';
import { useSession, useSessionProvider, useTranscript } from '../conversation/session-context.ts';

/** Another program wrote to the conversation behind the session, and nothing was done about it yet. */
function hasOtherWriter({ entries, runningTurn }: TranscriptView): boolean {
  if (runningTurn) return false;
  for (const entry of entries.toReversed()) {
    if (entry.kind === 'turn') return false;
    if (entry.kind !== 'line' || entry.line.line.type !== 'notice') continue;
    if (entry.line.line.code === 'other_writer') return true;
    if (entry.line.line.code === 'taken_over') return false;
  }
  return false;
}

/** Who goes on: from where the other program stands, or on a branch. */
export function OtherWriterBanner() {
  const client = useClient();
  const { sessionId } = useSession();
  const isThere = useTranscript(hasOtherWriter);
  const provider = useSessionProvider();
  const [busy, setBusy] = useState(false);
  if (!isThere) return null;
  const takeOver = async (how: 'reload' | 'branch'): Promise<void> => {
    setBusy(true);
    await client.act(sessionId, { type: 'take_over', session_id: sessionId, how });
    setBusy(false);
  };
  return (
    <section className="limit-banner" role="alert" data-testid={testIds.otherWriter}>
      <Users size={16} aria-hidden />
      <span className="limit-text">
        {t.imports.otherWriter} {t.imports.otherWriterNote}
      </span>
      <span className="banner-actions">
        {provider?.capabilities.fork && (
          <RightButton
            needs="sessions:write"
            size="small"
            disabled={busy}
            data-testid={testIds.takeOver('branch')}
            onClick={() => void takeOver('branch')}
          >
            {t.imports.branch}
          </RightButton>
        )}
        <RightButton
          needs="sessions:write"
          size="small"
          variant="primary"
          disabled={busy}
          data-testid={testIds.takeOver('reload')}
          onClick={() => void takeOver('reload')}
        >
          {t.imports.reload}
        </RightButton>
      </span>
    </section>
  );
}
