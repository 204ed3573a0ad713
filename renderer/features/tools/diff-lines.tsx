import { Fragment, memo, type ReactNode, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { FileDiff } from '../../../main/protocol/values.ts';
import { languageOfPath } from '../../markdown/highlight.ts';
import type { Token } from '../../markdown/hljs-tokens.ts';
import { useHighlight } from '../../markdown/use-highlight.ts';
import { diffLayout } from '../../store/diff-layout.ts';
import { goToMessage } from '../../store/side-panel.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { CommentForm } from './comment-form.tsx';
import { DiffRowView } from './diff-row.tsx';
import { type DiffRow, diffRows } from './diff-rows.ts';
import { useLineChoice } from './use-line-choice.ts';
import { chunkRows, useMountedChunks } from './use-mounted-chunks.ts';
import { linesBetween, splitRows, unifiedRows, type ViewRow } from './view-rows.ts';

/** Narrower than this, two halves side by side cannot be read, CSS pixels. */
const splitFrom = 620;

interface DiffLinesProps {
  diff: FileDiff;
  cap: number | 'all';
  /** Names the diff in its session, where its lines can be commented on; null: they cannot. */
  commentId: string | null;
}

export function DiffLines({ diff, cap, commentId: wantedId }: DiffLinesProps) {
  // A comment is a part of the next message.
  const commentId = useWhyNot('chat') === null ? wantedId : null;
  const [all, setAll] = useState(cap === 'all');
  const [place, setPlace] = useState<HTMLDivElement | null>(null);
  const wanted = useStore(diffLayout, ({ layout }) => layout === 'split');
  const roomy = useIsRoomy(wanted ? place : null);
  const split = wanted && roomy;
  const rows = useMemo(() => diffRows(diff), [diff]);
  const view = useMemo(() => (split ? splitRows(rows) : unifiedRows(rows)), [rows, split]);
  const code = useMemo(() => rows.map((row) => (row.kind === 'skip' ? '' : row.text)).join('\n'), [rows]);
  const colored = useHighlight(code, languageOfPath(diff.path));
  // A little over the limit is not worth a click.
  const limit = cap === 'all' || all || view.length <= cap + 6 ? view.length : cap;
  const mounted = useMountedChunks(limit);
  const { box, handlers, from, to, current, state, settle } = useLineChoice({ id: commentId, rows, view, limit });
  if (rows.length === 0) return <p className="tool-empty">{diff.truncated ? t.diff.truncated : t.diff.empty}</p>;
  const digits = String(
    rows.reduce((most, row) => Math.max(most, row.kind === 'skip' ? 0 : (row.newLine ?? row.oldLine ?? 0)), 0),
  );
  const lines = state === 'writing' ? linesBetween(rows, view, from, to) : [];
  const below =
    state === 'writing' && commentId !== null && lines.length > 0 ? (
      <CommentForm
        id={commentId}
        path={diff.path}
        lines={lines}
        onPut={() => settle('put')}
        onClose={() => settle('chosen')}
      />
    ) : state === 'put' ? (
      <PutNote />
    ) : null;
  return (
    <div ref={setPlace}>
      <div
        className="diff-scroll"
        style={{ ['--digits' as string]: `${digits.length}ch` }}
        // Lines that can be commented take the focus themselves; else the keys scroll the whole.
        {...(commentId === null ? { role: 'group', 'aria-label': diff.path, tabIndex: 0 } : {})}
      >
        <div
          ref={box}
          className={`diff-lines ${split ? 'is-split' : ''} ${commentId === null ? '' : 'is-commentable'}`}
          {...(commentId === null ? {} : { role: 'group', 'aria-label': t.comment.lines })}
          {...handlers}
        >
          {Array.from({ length: mounted }, (_, chunk) => {
            const start = chunk * chunkRows;
            const end = Math.min(start + chunkRows, limit);
            const holds = (at: number) => at >= start && at < end;
            return (
              <DiffChunk
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
                key={chunk}
                rows={rows}
                view={view}
                start={start}
                end={end}
                tokens={colored}
                split={split}
                // Rows that nothing was chosen in stay as they are while something is chosen elsewhere.
                from={state !== null && from < end && to >= start ? Math.max(from, start) : -1}
                to={state !== null && from < end && to >= start ? Math.min(to, end - 1) : -2}
                current={holds(current) ? current : -1}
                below={holds(to) ? below : null}
              />
            );
          })}
        </div>
      </div>
      {limit < view.length && (
        <button type="button" className="link-button diff-more" onClick={() => setAll(true)}>
          {t.diff.showAll(view.length)}
        </button>
      )}
      {diff.truncated && <p className="tool-empty">{t.diff.truncated}</p>}
    </div>
  );
}

interface ChunkProps {
  rows: readonly DiffRow[];
  view: readonly ViewRow[];
  /** Its first row, and the one behind its last. */
  start: number;
  end: number;
  tokens: readonly (readonly Token[])[] | null;
  split: boolean;
  /** The rows of it that are chosen, first and last. */
  from: number;
  to: number;
  /** -1: the keyboard is elsewhere. */
  current: number;
  /** What stands below the last row that is chosen. */
  below: ReactNode;
}

/** Rows that are rendered together: of ten thousand, a click concerns those of two chunks. */
const DiffChunk = memo(function DiffChunk({ rows, view, start, end, from, to, current, below, ...shared }: ChunkProps) {
  return (
    <div className="diff-chunk">
      {view.slice(start, end).map((row, place) => {
        const at = start + place;
        return (
          <Fragment key={at}>
            <DiffRowView
              rows={rows}
              view={row}
              at={at}
              chosen={at >= from && at <= to}
              current={at === current}
              {...shared}
            />
            {at === to && below}
          </Fragment>
        );
      })}
    </div>
  );
});

function PutNote() {
  return (
    <p className="comment-done" data-testid={testIds.commentDone}>
      <span role="status">{t.comment.done}</span>
      <button type="button" className="link-button" onClick={goToMessage}>
        {t.comment.goTo}
      </button>
    </p>
  );
}

/** Is the element wide enough for two halves? Followed as it is made wider or narrower. */
function useIsRoomy(element: HTMLElement | null): boolean {
  const [roomy, setRoomy] = useState(false);
  useEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setRoomy((entry?.contentRect.width ?? 0) >= splitFrom));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return roomy;
}
