import { CodeTokens } from '../../markdown/code-lines.tsx';
import type { Token } from '../../markdown/hljs-tokens.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { PlainText } from '../../ui/plain-text.tsx';
import type { DiffRow } from './diff-rows.ts';
import type { ViewRow } from './view-rows.ts';

const signs = { add: '+', remove: '−', same: ' ' };

interface RowProps {
  rows: readonly DiffRow[];
  view: ViewRow;
  /** Its place on the screen. */
  at: number;
  tokens: readonly (readonly Token[])[] | null;
  split: boolean;
  chosen: boolean;
  /** The keyboard is at this row: it alone is a button then, however many there are. */
  current: boolean;
}

/** One row of a diff: a line, or what was and what is beside each other. */
export function DiffRowView({ rows, view, at, tokens, split, chosen, current }: RowProps) {
  const first = rows[view.left ?? view.right ?? 0];
  if (first?.kind === 'skip') return <div className="diff-skip">⋯ {t.diff.skipped(first.count)}</div>;
  if (!first) return null;
  const halves = split && view.left !== view.right ? 'pair' : split ? 'both' : 'one';
  return (
    <div
      className={`diff-row ${split ? 'is-split' : `is-${first.kind}`} ${chosen ? 'is-chosen' : ''}`}
      data-testid={testIds.diffLine}
      data-row={at}
      data-kind={halves === 'pair' ? 'pair' : first.kind}
      {...(current ? { role: 'button', tabIndex: 0, 'aria-pressed': chosen } : {})}
    >
      {current && <span className="visually-hidden">{placeOf(first)} </span>}
      {split ? (
        <>
          <Half rows={rows} at={view.left} side="old" tokens={tokens} />
          <Half rows={rows} at={view.right} side="new" tokens={tokens} />
        </>
      ) : (
        <>
          <LineNumber n={first.oldLine} />
          <LineNumber n={first.newLine} />
          <Sign kind={first.kind} />
          <Text text={first.text} tokens={tokens?.[view.left ?? 0] ?? null} />
        </>
      )}
    </div>
  );
}

interface HalfProps {
  rows: readonly DiffRow[];
  at: number | null;
  side: 'old' | 'new';
  tokens: RowProps['tokens'];
}

function Half({ rows, at, side, tokens }: HalfProps) {
  const row = at === null ? undefined : rows[at];
  if (at === null || !row || row.kind === 'skip') return <span className="diff-half is-none" />;
  return (
    <span className={`diff-half is-${row.kind}`}>
      <LineNumber n={side === 'old' ? row.oldLine : row.newLine} />
      <Sign kind={row.kind} />
      <Text text={row.text} tokens={tokens?.[at] ?? null} />
    </span>
  );
}

// Numbers and signs are drawn by the style sheet: they are not of the text, and whoever copies ten thousand lines need not leave each of them out.
function LineNumber({ n }: { n: number | null }) {
  return <span className="diff-number" aria-hidden="true" data-mark={n ?? undefined} />;
}

function Sign({ kind }: { kind: keyof typeof signs }) {
  return <span className="diff-sign" aria-hidden="true" data-mark={signs[kind]} />;
}

function Text({ text, tokens }: { text: string; tokens: readonly Token[] | null }) {
  return <span className="diff-text">{tokens ? <CodeTokens tokens={tokens} exact /> : <PlainText text={text} />}</span>;
}

/** Said before the text of the row, to those who do not see its number and its colour. */
function placeOf(row: Exclude<DiffRow, { kind: 'skip' }>): string {
  return `${t.comment.line(row.newLine ?? row.oldLine ?? 0)}, ${t.comment.row[row.kind]}:`;
}
