import { Brain, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { MarkdownView } from '../../markdown/markdown-view.tsx';
import { formatDuration } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useRemembered } from '../../ui/remembered.ts';

interface ReasoningViewProps {
  text: string;
  durationMs: number | null;
  growing?: boolean;
  /** Unique in the conversation; absent where rows stay. */
  id?: string;
}

/** An agent's thinking: folded, with its duration; its last line shows that it goes on. */
export const ReasoningView = memo(function ReasoningView({
  text,
  durationMs,
  growing = false,
  id,
}: ReasoningViewProps) {
  const [open, setOpen] = useRemembered(id === undefined ? null : `reasoning ${id}`, false);
  const label = growing
    ? t.conversation.thinking
    : durationMs === null
      ? t.conversation.thought
      : t.conversation.thoughtFor(formatDuration(durationMs));
  return (
    <div className={`reasoning ${growing ? 'is-growing' : ''}`} data-testid={testIds.reasoning} data-find={id}>
      <button type="button" className="quiet-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Brain size={14} aria-hidden />
        <span className="quiet-toggle-label">{label}</span>
        {!open && growing && <span className="reasoning-tail">{lastLine(text)}</span>}
        <ChevronRight size={14} aria-hidden className="fold-chevron" />
      </button>
      {open && (
        <div className="reasoning-text">
          <MarkdownView text={text} growing={growing} />
        </div>
      )}
    </div>
  );
});

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.replaceAll('**', '') ?? '';
}
