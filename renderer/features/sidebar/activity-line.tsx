import type { SessionSummary } from '../../../main/protocol/views.ts';
import { baseName } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Elapsed } from '../../ui/elapsed.tsx';

/** What the agent of a running session is at and for how long its turn runs, in one quiet line. */
export function ActivityLine({ session: { activity, running_since, status } }: { session: SessionSummary }) {
  return (
    <span className="session-row-activity" data-testid={testIds.sessionActivity}>
      <span className="session-row-status status-text-running">
        {activity ? t.sidebar.activity[activity.kind](nameOf(activity)) : t.status[status]}
      </span>
      {running_since !== undefined && (
        <>
          <span aria-hidden>·</span>
          <Elapsed since={running_since} />
        </>
      )}
    </span>
  );
}

/** Of a file its name: the folder stands above it in the list, and the row is narrow. */
export function nameOf({ kind, title }: NonNullable<SessionSummary['asks']>): string {
  return kind === 'read' || kind === 'edit' || kind === 'delete' ? baseName(title) : title;
}
