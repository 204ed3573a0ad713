import { Ban, CircleSlash, CircleX, Hand } from 'lucide-react';
import type { ToolItem } from '../../store/transcript/view.ts';
import { formatDuration } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { Elapsed } from '../../ui/elapsed.tsx';
import { DiffCounts } from './diff-counts.tsx';

/** A call that took less is not worth its number, milliseconds. */
const worthSaying = 1_000;

/** The right end of a tool card's head: counts, exit code, time, and how it ended where that is not plain success. */
export function ToolMeta({ tool, waiting }: { tool: ToolItem; waiting: boolean }) {
  const added = tool.diffs.reduce((sum, diff) => sum + diff.added, 0);
  const removed = tool.diffs.reduce((sum, diff) => sum + diff.removed, 0);
  return (
    <span className="tool-meta">
      {tool.diffs.length > 0 && <DiffCounts added={added} removed={removed} />}
      {tool.exitCode !== null && tool.exitCode !== 0 && (
        <span className="badge is-bad">{t.tool.exit(tool.exitCode)}</span>
      )}
      {waiting ? (
        <span className="badge is-waiting">
          <Hand size={12} aria-hidden /> {t.tool.waiting}
        </span>
      ) : (
        <EndBadge tool={tool} />
      )}
      {tool.status === 'running' && !waiting && <Elapsed since={tool.startedAt} />}
      {tool.durationMs !== null && (tool.durationMs >= worthSaying || tool.toolKind === 'execute') && (
        <span className="tool-time">{formatDuration(tool.durationMs)}</span>
      )}
    </span>
  );
}

function EndBadge({ tool }: { tool: ToolItem }) {
  if (tool.status === 'denied') {
    return (
      <span className="badge is-denied">
        <Ban size={12} aria-hidden /> {t.tool.denied}
      </span>
    );
  }
  if (tool.status === 'cancelled') {
    return (
      <span className="badge is-quiet">
        <CircleSlash size={12} aria-hidden /> {t.tool.cancelled}
      </span>
    );
  }
  if (tool.status === 'failed' && !tool.exitCode) {
    return (
      <span className="badge is-bad">
        <CircleX size={12} aria-hidden /> {t.tool.failed}
      </span>
    );
  }
  return null;
}
