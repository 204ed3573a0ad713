import type { SessionSummary } from '../../main/protocol/views.ts';
import { t } from '../strings/index.ts';

export function StatusDot({ status }: { status: SessionSummary['status'] }) {
  return (
    <span className={`status-dot status-${status}`} role="img" aria-label={t.status[status]} title={t.status[status]} />
  );
}
