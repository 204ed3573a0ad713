import { ChevronRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ChangedFile } from '../../store/changes/file-changes.ts';
import { formatMoment, relativePath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { useRemembered } from '../../ui/remembered.ts';
import { useNow } from '../../ui/use-now.ts';
import { useFolder } from '../conversation/session-context.ts';
import { DiffCounts } from '../tools/diff-counts.tsx';
import { DiffView } from '../tools/diff-view.tsx';

/** Rows of one change before the rest is folded: as many as are drawn in a moment. */
const rowsAtFirst = 300;

interface FileDiffsProps {
  file: ChangedFile;
  /** It was just opened: the keyboard goes on here. */
  autoFocus?: boolean;
}

/** One file, with every change to it in the order they were made. */
export function FileDiffs({ file, autoFocus = false }: FileDiffsProps) {
  const folder = useFolder();
  const now = useNow('minute');
  const [open, setOpen] = useRemembered(`panel fold ${file.path}`, true);
  const head = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (autoFocus) head.current?.focus();
  }, [autoFocus]);
  const all = file.changes.length;
  return (
    <section
      className="file-diffs"
      aria-label={relativePath(file.path, folder)}
      data-testid={testIds.fileDiffs}
      data-path={file.path}
    >
      <div className="diff-head file-head">
        <button
          ref={head}
          type="button"
          className="diff-toggle"
          aria-expanded={open}
          title={file.path}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight size={14} aria-hidden className="fold-chevron" />
          <span className="diff-path">
            <PlainText text={relativePath(file.path, folder)} />
          </span>
          {file.change !== 'update' && <span className="badge is-quiet">{t.panel.outcome[file.change]}</span>}
          <DiffCounts added={file.added} removed={file.removed} />
        </button>
        <CopyButton text={file.path} label={t.diff.copyPath} />
      </div>
      {open &&
        file.changes.map((change, at) => (
          <div key={change.seq} className="file-change">
            <p className="file-change-when">
              {all === 1
                ? t.panel.changeAt(formatMoment(change.ts, now))
                : t.panel.change(at + 1, all, formatMoment(change.ts, now))}
            </p>
            <DiffView diff={change.diff} withHead={false} cap={rowsAtFirst} id={`panel ${change.seq}`} />
          </div>
        ))}
    </section>
  );
}
