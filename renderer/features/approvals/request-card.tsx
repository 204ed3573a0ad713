import type { ReactNode } from 'react';
import type { Approval } from '../../store/transcript/view.ts';
import { ApprovalCard } from './approval-card.tsx';
import { QuestionCard } from './question-card.tsx';

/** What an agent asks for, with the card that its kind is answered in: questions have answers of their own, the rest is allowed or not. */
export function RequestCard({ approval, pager = null }: { approval: Approval; pager?: ReactNode }) {
  const { questions } = approval.request;
  return questions?.length ? (
    <QuestionCard approval={approval} questions={questions} pager={pager} />
  ) : (
    <ApprovalCard approval={approval} pager={pager} />
  );
}
