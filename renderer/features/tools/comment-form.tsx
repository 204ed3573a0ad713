import { useId } from 'react';
import type { QuotedLine } from '../../store/comment.ts';
import { addToDraft, quoteLines, whereOf } from '../../store/comment.ts';
import { relativePath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useRemembered } from '../../ui/remembered.ts';
import { useFolder, useSession } from '../conversation/session-context.ts';

interface CommentFormProps {
  /** Names the diff among those of the session: what is written stays with it. */
  id: string;
  path: string;
  lines: readonly QuotedLine[];
  onPut: () => void;
  onClose: () => void;
}

/** Words about some lines. They go into the message that is being written, with the lines; nothing is sent here. */
export function CommentForm({ id, path, lines, onPut, onClose }: CommentFormProps) {
  const { sessionId } = useSession();
  const folder = useFolder();
  const [text, setText] = useRemembered(`comment words ${id}`, '');
  const hint = useId();
  const shown = relativePath(path, folder);
  const put = (): void => {
    if (text.trim() === '') return;
    addToDraft(sessionId, quoteLines(shown, lines, text));
    setText('');
    onPut();
  };
  return (
    <form
      className="comment-form"
      onSubmit={(event) => {
        event.preventDefault();
        put();
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          onClose();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          put();
        }
      }}
    >
      <textarea
        // biome-ignore lint/a11y/noAutofocus: it was asked for by choosing the line
        autoFocus
        rows={2}
        className="text-field"
        aria-label={t.comment.on(`${shown}, ${whereOf(lines)}`)}
        aria-describedby={hint}
        placeholder={t.comment.placeholder}
        value={text}
        data-testid={testIds.commentField}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="comment-actions">
        <span id={hint} className="comment-hint">
          {t.comment.hint}
        </span>
        <Button size="small" onClick={onClose}>
          {t.common.cancel}
        </Button>
        <Button
          size="small"
          variant="primary"
          type="submit"
          off={text.trim() === '' && t.off.empty}
          data-testid={testIds.commentPut}
        >
          {t.comment.put}
        </Button>
      </div>
    </form>
  );
}
