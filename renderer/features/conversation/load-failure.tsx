import { CircleAlert, RefreshCw } from 'lucide-react';
import { useStore } from 'zustand';
import type { Problem } from '../../../main/protocol/errors.ts';
import { go } from '../../store/route.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { ProblemText } from '../../ui/problem-text.tsx';
import { useSession } from './session-context.ts';

/** Why the session cannot be shown as it is; null when it can. */
export function useLoadFailure(): Problem | null {
  const failure = useStore(useSession().failure);
  if (!failure) return null;
  return failure.kind === 'refused' ? failure.problem : { code: 'internal', ...t.conversation.notLoaded };
}

/** Says that the session was not loaded, or not completely, and what helps; nothing when all is well. */
export function LoadFailureCard() {
  const client = useClient();
  const { sessionId } = useSession();
  const problem = useLoadFailure();
  if (!problem) return null;
  return (
    <section className="error-card" role="alert" data-testid={testIds.loadFailure} data-code={problem.code}>
      <CircleAlert size={18} aria-hidden className="error-icon" />
      <div className="error-body">
        <ProblemText problem={problem} />
        <div className="error-actions">
          <Button
            size="small"
            icon={<RefreshCw size={14} aria-hidden />}
            data-testid={testIds.loadAgain}
            onClick={() => client.attachAgain(sessionId)}
          >
            {t.common.tryAgain}
          </Button>
          <Button size="small" variant="quiet" onClick={() => go({ name: 'settings', tab: 'data' })}>
            {t.conversation.openData}
          </Button>
        </div>
      </div>
    </section>
  );
}
