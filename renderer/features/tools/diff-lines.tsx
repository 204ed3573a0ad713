import { Fragment, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { FileDiff } from '../../../main/protocol/values.ts';
import { languageOfPath } from '../../markdown/highlight.ts';
import { useHighlight } from '../../markdown/use-highlight.ts';
import { diffLayout } from '../../store/diff-layout.ts';
import { goToMessage } from '../../store/side-panel.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { CommentForm } from './comment-form.tsx';
import { DiffRowView } from './diff-row.tsx';
import { diffRows } from './diff-rows.ts';
import { useLineChoice } from './use-line-choice.ts';
import { linesBetween, splitRows, unifiedRows } from './view-rows.ts';

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
  const { box, handlers, from, to, current, state, settle } = useLineChoice({ id: commentId, rows, view, limit });
  if (rows.length === 0) return <p className="tool-empty">{diff.truncated ? t.diff.truncated : t.diff.empty}</p>;
  const digits = String(
    rows.reduce((most, row) => Math.max(most, row.kind === 'skip' ? 0 : (row.newLine ?? row.oldLine ?? 0)), 0),
  );
  const lines = state === 'writing' ? linesBetween(rows, view, from, to) : [];
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
          {view.slice(0, limit).map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <Fragment key={at}>
              <DiffRowView
                rows={rows}
                view={row}
                at={at}
                tokens={colored}
                split={split}
                chosen={state !== null && at >= from && at <= to}
                current={at === current}
              />
              {at === to && commentId !== null && state === 'writing' && lines.length > 0 && (
                <CommentForm
                  id={commentId}
                  path={diff.path}
                  lines={lines}
                  onPut={() => settle('put')}
                  onClose={() => settle('chosen')}
                />
              )}
              {at === to && state === 'put' && <PutNote />}
            </Fragment>
          ))}
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
