import { Trash2 } from 'lucide-react';
import { useStore } from 'zustand';
import { outbox, takeFromOutbox } from '../../store/outbox.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';

/** Words that were typed here and never arrived. They are kept, and can be taken elsewhere. */
export function KeptMessages() {
  const messages = useStore(outbox).filter((message) => message.sentAs === null);
  if (messages.length === 0) return null;
  return (
    <section className="field">
      <h2>{t.link.outboxTitle}</h2>
      <p className="field-note">{t.link.outboxNote}</p>
      <ul className="kept-list">
        {messages.map((message) => (
          <li key={message.commandId} className="kept-row" data-testid={testIds.outboxMessage}>
            <p className="kept-text">{message.text}</p>
            <div className="gate-actions">
              <CopyButton text={message.text} label={t.link.outboxCopy} showLabel />
              <Button
                size="small"
                variant="danger"
                icon={<Trash2 size={14} aria-hidden />}
                onClick={() => takeFromOutbox(message.commandId)}
              >
                {t.link.outboxDelete}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
