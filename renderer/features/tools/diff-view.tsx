import { ChevronRight } from 'lucide-react';
import { memo, useMemo, useState } from 'react';
import type { FileDiff } from '../../../main/protocol/values.ts';
import { CodeTokens } from '../../markdown/code-lines.tsx';
import { languageOfPath } from '../../markdown/highlight.ts';
import type { Token } from '../../markdown/hljs-tokens.ts';
import { useHighlight } from '../../markdown/use-highlight.ts';
import { relativePath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { useFolder } from '../conversation/session-context.ts';
import { DiffCounts } from './diff-counts.tsx';
import { type DiffRow, diffRows } from './diff-rows.ts';

/** Rows shown at first. */
const foldedRows = 24;

interface DiffViewProps {
  diff: FileDiff;
  /** With the file's name and counts, and a fold. */
  withHead: boolean;
  /** Rows before the rest is folded; `all` where it scrolls. */
  cap?: number | 'all';
}

export const DiffView = memo(function DiffView({ diff, withHead, cap = foldedRows }: DiffViewProps) {
  const folder = useFolder();
  const [open, setOpen] = useState(true);
  return (
    <div className="diff" data-testid={testIds.diff} data-path={diff.path}>
      {withHead && (
        <div className="diff-head">
          <button type="button" className="diff-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
            <ChevronRight size={14} aria-hidden className="fold-chevron" />
            <span className="diff-path">{relativePath(diff.path, folder)}</span>
            {diff.change !== 'update' && (
              <span className="badge is-quiet">{diff.change === 'create' ? t.diff.created : t.diff.deleted}</span>
            )}
            <DiffCounts added={diff.added} removed={diff.removed} />
          </button>
          <CopyButton text={diff.path} label={t.diff.copyPath} />
        </div>
      )}
      {open && <DiffLines diff={diff} cap={cap} />}
    </div>
  );
});

function DiffLines({ diff, cap }: { diff: FileDiff; cap: number | 'all' }) {
  const [all, setAll] = useState(cap === 'all');
  const rows = useMemo(() => diffRows(diff), [diff]);
  const code = useMemo(() => rows.map((row) => (row.kind === 'skip' ? '' : row.text)).join('\n'), [rows]);
  const colored = useHighlight(code, languageOfPath(diff.path));
  // A little over the limit is not worth a click.
  const limit = cap === 'all' || all || rows.length <= cap + 6 ? rows.length : cap;
  if (rows.length === 0) return <p className="tool-empty">{t.diff.empty}</p>;
  const digits = String(
    rows.reduce((most, row) => Math.max(most, row.kind === 'skip' ? 0 : (row.newLine ?? row.oldLine ?? 0)), 0),
  );
  return (
    <>
      <div className="diff-scroll" style={{ ['--digits' as string]: `${digits.length}ch` }}>
        <div className="diff-lines">
          {rows.slice(0, limit).map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <Row key={at} row={row} tokens={colored?.[at] ?? null} />
          ))}
        </div>
      </div>
      {limit < rows.length && (
        <button type="button" className="link-button diff-more" onClick={() => setAll(true)}>
          {t.diff.showAll(rows.length)}
        </button>
      )}
      {diff.truncated && <p className="tool-empty">{t.diff.truncated}</p>}
    </>
  );
}

const signs = { add: '+', remove: '−', same: ' ' };

function Row({ row, tokens }: { row: DiffRow; tokens: readonly Token[] | null }) {
  if (row.kind === 'skip') return <div className="diff-skip">⋯ {t.diff.skipped(row.count)}</div>;
  return (
    <div className={`diff-row is-${row.kind}`} data-testid={testIds.diffLine}>
      <span className="diff-number" aria-hidden="true">
        {row.oldLine ?? ''}
      </span>
      <span className="diff-number" aria-hidden="true">
        {row.newLine ?? ''}
      </span>
      <span className="diff-sign">{signs[row.kind]}</span>
      <span className="diff-text">{tokens ? <CodeTokens tokens={tokens} exact /> : <PlainText text={row.text} />}</span>
    </div>
  );
}
