import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { TurnId } from '../../../main/protocol/ids.ts';
import { attachAgain } from '../../store/attachments.ts';
import { draftOf, setDraft } from '../../store/drafts.ts';
import { type OutboxMessage, outbox, takeFromOutbox } from '../../store/outbox.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useConnection } from '../../ui/client-context.ts';
import { ProblemText } from '../../ui/problem-text.tsx';
import { AttachedNames } from '../attachments/attached-names.tsx';
import { useSession, useTranscript } from './session-context.ts';

/** Words on their way: not confirmed yet, or refused. */
export function OutboxMessages() {
  const { sessionId } = useSession();
  const messages = useStore(outbox);
  const turns = useTranscript((view) => view.turns);
  const online = useConnection((view) => view.link.status === 'open');
  const mine = messages.filter((message) => message.sessionId === sessionId);
  const isSeen = (message: OutboxMessage): boolean =>
    message.sentAs !== null && turns.has(message.sentAs.turnId as TurnId);
  useEffect(() => {
    for (const message of outbox.getState()) {
      if (message.sessionId === sessionId && message.sentAs && turns.has(message.sentAs.turnId as TurnId)) {
        takeFromOutbox(message.commandId);
      }
    }
  }, [turns, sessionId]);
  return mine
    .filter((message) => !isSeen(message))
    .map((message) => (
      <div key={message.commandId} className="user-message is-sending" data-testid={testIds.outboxMessage}>
        <div className="user-bubble">
          <div className="user-text">{message.text}</div>
          {message.attachments && message.attachments.length > 0 && <AttachedNames attachments={message.attachments} />}
        </div>
        {message.problem ? (
          <div className="not-sent">
            <strong>{t.conversation.notSent}</strong>
            <ProblemText problem={message.problem} />
            <Button
              size="small"
              onClick={() => {
                const draft = draftOf(sessionId);
                setDraft(sessionId, draft === '' ? message.text : `${message.text}\n\n${draft}`);
                attachAgain(sessionId, message.attachments ?? []);
                takeFromOutbox(message.commandId);
              }}
            >
              {t.conversation.editAgain}
            </Button>
          </div>
        ) : (
          <div className="message-meta is-shown">{online ? t.conversation.sending : t.conversation.sendingOffline}</div>
        )}
      </div>
    ));
}
