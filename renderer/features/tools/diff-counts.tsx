import { t } from '../../strings/index.ts';

export function DiffCounts({ added, removed }: { added: number; removed: number }) {
  // What has no lines has none to count.
  if (added + removed === 0) return null;
  return (
    <span className="diff-counts">
      <span className="diff-added" title={t.diff.added(added)}>
        +{added}
      </span>
      <span className="diff-removed" title={t.diff.removed(removed)}>
        −{removed}
      </span>
    </span>
  );
}
