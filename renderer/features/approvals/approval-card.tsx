import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { ApprovalDecision, ApprovalOption } from '../../../main/protocol/values.ts';
import type { Approval } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { ProblemText } from '../../ui/problem-text.tsx';
import { RightNote } from '../../ui/right-note.tsx';
import { ToolIcon } from '../tools/tool-icon.tsx';
import { ApprovalButtons, choicesFor } from './approval-buttons.tsx';
import { ApprovalSubject } from './approval-subject.tsx';
import { DenyReason } from './deny-reason.tsx';
import { LeftNote } from './left-note.tsx';
import { useAnswer } from './use-answer.ts';
import { useAnswerGuard } from './use-answer-guard.ts';

/** A request that waits: exactly what would be done, where, why, and the answers. */
export function ApprovalCard({ approval, pager }: { approval: Approval; pager: ReactNode }) {
  const { request } = approval;
  const [reasoning, setReasoning] = useState(false);
  const { answer, sending, problem, left, withdraw, whyNot } = useAnswer(approval);
  const { ready, accepts } = useAnswerGuard();
  const decide = (decision: ApprovalDecision, option?: ApprovalOption): void => {
    if (sending === null) void answer({ decision, option_id: option?.option_id });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const choice = choicesFor(request).find((one) => one.digit === event.key);
    if (!choice) return;
    event.preventDefault();
    if (accepts(event)) decide(choice.decision);
  };
  return (
    <section
      className="approval-card"
      tabIndex={-1}
      aria-label={t.approval.region(request.command ?? request.title)}
      data-testid={testIds.approvalCard}
      data-approval-id={request.approval_id}
      onKeyDown={onKeyDown}
    >
      <header className="approval-head">
        <ToolIcon kind={request.kind} size={16} />
        <h2>{t.approval.title[request.kind]}</h2>
        {request.kind === 'other' && <span className="approval-tool">{request.tool}</span>}
        {pager}
      </header>
      <ApprovalSubject approval={approval} />
      {whyNot && <RightNote>{whyNot}</RightNote>}
      {left && whyNot === null && <LeftNote onSetAside={() => void withdraw()} />}
      {problem && <ProblemText problem={problem} />}
      {reasoning ? (
        <DenyReason
          disabled={sending !== null}
          onCancel={() => setReasoning(false)}
          onDeny={(message) => {
            if (sending === null) void answer({ decision: 'deny', message: message === '' ? undefined : message });
          }}
        />
      ) : (
        <ApprovalButtons
          request={request}
          off={whyNot ?? (ready ? null : t.off.wait)}
          sending={sending}
          onDecide={decide}
          onReason={() => setReasoning(true)}
        />
      )}
    </section>
  );
}
