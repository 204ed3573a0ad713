import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import type { FileDiff } from '../../../main/protocol/values.ts';
import { relativePath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { useRemembered } from '../../ui/remembered.ts';
import { useFolder, useTranscript } from '../conversation/session-context.ts';
import { DiffCounts } from './diff-counts.tsx';
import { DiffLines } from './diff-lines.tsx';

/** Rows shown at first. */
const foldedRows = 24;

interface DiffViewProps {
  diff: FileDiff;
  /** With the file's name and counts, and a fold. */
  withHead: boolean;
  /** Rows before the rest is folded; `all` where it scrolls. */
  cap?: number | 'all';
  /** Unique in the session, where its lines can be commented on. */
  id?: string;
}

export const DiffView = memo(function DiffView({ diff, withHead, cap = foldedRows, id }: DiffViewProps) {
  const folder = useFolder();
  // A comment goes into the next message, and an archived session has none.
  const archived = useTranscript((view) => view.meta?.archived === true);
  const [open, setOpen] = useRemembered(id === undefined ? null : `diff ${id}`, true);
  return (
    <div className="diff" data-testid={testIds.diff} data-path={diff.path}>
      {withHead && (
        <div className="diff-head">
          <button type="button" className="diff-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
            <ChevronRight size={14} aria-hidden className="fold-chevron" />
            <span className="diff-path">
              <PlainText text={relativePath(diff.path, folder)} />
            </span>
            {diff.change !== 'update' && (
              <span className="badge is-quiet">{diff.change === 'create' ? t.diff.created : t.diff.deleted}</span>
            )}
            <DiffCounts added={diff.added} removed={diff.removed} />
          </button>
          <CopyButton text={diff.path} label={t.diff.copyPath} />
        </div>
      )}
      {open && <DiffLines diff={diff} cap={cap} commentId={archived ? null : (id ?? null)} />}
    </div>
  );
});
