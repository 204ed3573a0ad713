import type { ApprovalRecord } from '../../../main/protocol/views.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { PlainText } from '../../ui/plain-text.tsx';
import { ApprovalAnswer } from '../approvals/approval-answer.tsx';
import { approvalOf } from './approval-of.ts';

/** What has left the list while one looked at it: by whom, and how. */
export function AnsweredList({ records }: { records: readonly ApprovalRecord[] }) {
  if (records.length === 0) return null;
  return (
    <section className="inbox-part">
      <h2>{t.inbox.answered}</h2>
      <ul className="inbox-answered">
        {records.map((record) => (
          <li key={record.approval_id} data-testid={testIds.inboxAnswered}>
            <span className="inbox-what">
              <PlainText text={record.command ?? record.title} />
            </span>
            <ApprovalAnswer approval={approvalOf(record)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
