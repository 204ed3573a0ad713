import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';

/** Of a request whose agent does not wait any more: what an answer does now, and how to be rid of it. */
export function LeftNote({ onSetAside }: { onSetAside: () => void }) {
  return (
    <p className="approval-left" data-testid={testIds.approvalLeft}>
      {t.approval.left}{' '}
      <button type="button" className="link-button" data-testid={testIds.approvalSetAside} onClick={onSetAside}>
        {t.approval.setAside}
      </button>
    </p>
  );
}
