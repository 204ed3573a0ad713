import { ArrowDown, ArrowUp, Pencil, Send, X } from 'lucide-react';
import { useState } from 'react';
import type { Request } from '../../store/client.ts';
import type { QueuedMessage } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { AttachedNames } from '../attachments/attached-names.tsx';
import { useSession } from '../conversation/session-context.ts';

interface QueueChipProps {
  message: QueuedMessage;
  at: number;
  queue: readonly QueuedMessage[];
}

export function QueueChip({ message, at, queue }: QueueChipProps) {
  const client = useClient();
  const { sessionId: session_id } = useSession();
  const { queueId: queue_id } = message;
  const [editing, setEditing] = useState(false);
  const whyNot = useWhyNot('chat');
  const run = async (request: Request): Promise<void> => {
    await client.act(session_id, request);
  };
  if (editing) {
    return (
      <li className="queue-chip is-editing" data-testid={testIds.queueChip}>
        <QueueEditor
          text={message.text}
          onCancel={() => setEditing(false)}
          onSave={(text) => {
            setEditing(false);
            if (text !== message.text) void run({ type: 'queue_edit', session_id, queue_id, text });
          }}
        />
      </li>
    );
  }
  return (
    <li className="queue-chip" data-testid={testIds.queueChip} data-queue-id={queue_id}>
      <span className="queue-text" dir="auto" title={message.text}>
        {message.text}
      </span>
      {message.attachments.length > 0 && <AttachedNames attachments={message.attachments} />}
      <span className={whyNot === null ? 'queue-actions' : 'is-away'}>
        {queue.length > 1 && (
          <>
            <IconButton
              label={t.queue.up}
              className="icon-button-small"
              off={at === 0 && t.off.first}
              data-testid={testIds.queueUp}
              onClick={() =>
                void run({ type: 'queue_move', session_id, queue_id, before: queue[at - 1]?.queueId ?? null })
              }
            >
              <ArrowUp size={14} aria-hidden />
            </IconButton>
            <IconButton
              label={t.queue.down}
              className="icon-button-small"
              off={at === queue.length - 1 && t.off.last}
              data-testid={testIds.queueDown}
              onClick={() =>
                void run({ type: 'queue_move', session_id, queue_id, before: queue[at + 2]?.queueId ?? null })
              }
            >
              <ArrowDown size={14} aria-hidden />
            </IconButton>
          </>
        )}
        <IconButton
          label={t.queue.edit}
          className="icon-button-small"
          data-testid={testIds.queueEdit}
          onClick={() => setEditing(true)}
        >
          <Pencil size={14} aria-hidden />
        </IconButton>
        <IconButton
          label={t.queue.sendNow}
          className="icon-button-small"
          data-testid={testIds.queueSendNow}
          onClick={() => void run({ type: 'queue_send_now', session_id, queue_id })}
        >
          <Send size={14} aria-hidden />
        </IconButton>
        <IconButton
          label={t.queue.remove}
          className="icon-button-small"
          data-testid={testIds.queueRemove}
          onClick={() => void run({ type: 'queue_remove', session_id, queue_id })}
        >
          <X size={14} aria-hidden />
        </IconButton>
      </span>
    </li>
  );
}

interface QueueEditorProps {
  text: string;
  onSave: (text: string) => void;
  onCancel: () => void;
}

function QueueEditor({ text: before, onSave, onCancel }: QueueEditorProps) {
  const [text, setText] = useState(before);
  return (
    <>
      <textarea
        // biome-ignore lint/a11y/noAutofocus: the field opens where the person has just clicked
        autoFocus
        className="text-field"
        rows={Math.min(8, before.split('\n').length + 1)}
        aria-label={t.queue.label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            onCancel();
          } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            if (text.trim() !== '') onSave(text.trim());
          }
        }}
      />
      <span className="queue-actions is-shown">
        <Button size="small" variant="quiet" onClick={onCancel}>
          {t.common.cancel}
        </Button>
        <Button size="small" off={text.trim() === '' && t.off.empty} onClick={() => onSave(text.trim())}>
          {t.common.save}
        </Button>
      </span>
    </>
  );
}
