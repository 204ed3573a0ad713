import { memo } from 'react';
import { MarkdownView } from '../../markdown/markdown-view.tsx';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';

interface AssistantTextProps {
  /** Of the item, where it can be looked for. */
  id?: string;
  text: string;
  growing?: boolean;
  partial?: boolean;
}

export const AssistantText = memo(function AssistantText({
  id,
  text,
  growing = false,
  partial = false,
}: AssistantTextProps) {
  return (
    <div className="assistant-text" data-testid={testIds.assistantText} data-open={growing || undefined} data-find={id}>
      <MarkdownView text={text} growing={growing} />
      {partial && <span className="partial-mark">{t.conversation.partial}</span>}
    </div>
  );
});
