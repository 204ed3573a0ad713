import { useEffect, useRef, useState } from 'react';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';

/** What may be told to the agent with a refusal, characters. */
const longestReason = 10_000;

interface DenyReasonProps {
  disabled: boolean;
  onCancel: () => void;
  onDeny: (message: string) => void;
}

export function DenyReason({ disabled, onCancel, onDeny }: DenyReasonProps) {
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <div className="deny-reason">
      <textarea
        ref={field}
        rows={2}
        aria-label={t.approval.reasonLabel}
        placeholder={t.approval.reasonLabel}
        value={text}
        maxLength={longestReason}
        data-testid={testIds.approvalReason}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            onCancel();
          } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            // Still held from opening this field: nothing has been written yet.
            if (!event.repeat) onDeny(text.trim());
          }
        }}
      />
      <div className="deny-actions">
        <Button size="small" variant="quiet" onClick={onCancel}>
          {t.common.cancel}
        </Button>
        <Button
          size="small"
          variant="danger"
          disabled={disabled}
          data-testid={testIds.approvalDeny}
          onClick={() => onDeny(text.trim())}
        >
          {t.approval.sendDeny}
        </Button>
      </div>
    </div>
  );
}
