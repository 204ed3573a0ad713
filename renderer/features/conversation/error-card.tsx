import { CircleAlert, FolderOpen, RefreshCw, RotateCcw, Timer } from 'lucide-react';
import type { Problem } from '../../../main/protocol/errors.ts';
import { openNewSession } from '../../store/new-session-form.ts';
import { go } from '../../store/route.ts';
import { sendMessage } from '../../store/send-message.ts';
import type { Turn } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useProviders } from '../../ui/client-context.ts';
import { CopyableCommand } from '../../ui/copyable-command.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { RightButton } from '../../ui/right-button.tsx';
import { askToContinue } from './ask-to-continue.ts';
import { useSession, useSessionProvider, useTranscript } from './session-context.ts';

/** Why a turn failed, what that means, and the one or two things that help. Nothing is ever sent again by itself: tools may have run. */
export function ErrorCard({ turn, problem }: { turn: Turn; problem: Problem }) {
  const client = useClient();
  const { sessionId } = useSession();
  const isLast = useTranscript((view) => view.lastTurn === turn.turnId);
  const provider = useSessionProvider();
  const checking = useProviders((view) => view.checking);
  const last = turn.items.findLast((item) => item.kind === 'user');
  const aboutFolder = problem.code.startsWith('folder_');
  const aboutProvider = problem.code === 'provider_missing' || problem.code === 'provider_not_signed_in';
  const command = aboutProvider ? provider?.problem?.command : undefined;
  return (
    <section
      className="error-card"
      role={isLast ? 'alert' : undefined}
      data-testid={testIds.errorCard}
      data-code={problem.code}
    >
      <CircleAlert size={18} aria-hidden className="error-icon" />
      <div className="error-body">
        <ProblemText problem={problem} />
        {command && <CopyableCommand command={command} />}
        {isLast && (
          <div className="error-actions">
            {aboutFolder && (
              <RightButton
                needs="chat"
                size="small"
                icon={<FolderOpen size={14} aria-hidden />}
                onClick={() => openNewSession({ text: last?.text ?? '', provider: provider?.id })}
              >
                {t.error.otherFolder}
              </RightButton>
            )}
            {aboutProvider && (
              <Button
                size="small"
                icon={<RefreshCw size={14} aria-hidden />}
                disabled={checking}
                onClick={() => void client.refreshProviders(true)}
              >
                {checking ? t.provider.looking : t.error.lookAgain}
              </Button>
            )}
            {problem.code === 'time_limit' && (
              <>
                <RightButton needs="chat" size="small" onClick={() => askToContinue(sessionId)}>
                  {t.conversation.continueLabel}
                </RightButton>
                <Button
                  size="small"
                  icon={<Timer size={14} aria-hidden />}
                  onClick={() => go({ name: 'settings', tab: 'sessions' })}
                >
                  {t.limit.change}
                </Button>
              </>
            )}
            {last && (
              <RightButton
                needs="chat"
                size="small"
                icon={<RotateCcw size={14} aria-hidden />}
                title={t.error.retryTitle}
                data-testid={testIds.retry}
                onClick={() => sendMessage(client, sessionId, last.text, last.attachments)}
              >
                {t.error.retry}
              </RightButton>
            )}
          </div>
        )}
      </div>
    </section>
  );
}
