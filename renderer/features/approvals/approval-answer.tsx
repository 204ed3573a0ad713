import { Ban, Check, CircleSlash } from 'lucide-react';
import type { Approval } from '../../store/transcript/view.ts';
import { formatDateTime } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { actorName } from '../conversation/actor-name.ts';

/** Who answered, how, and through which door. */
export function ApprovalAnswer({ approval }: { approval: Approval }) {
  const { resolved } = approval;
  if (!resolved) return null;
  const { decision, by } = resolved;
  const Icon = decision === 'deny' ? Ban : decision === 'withdrawn' ? CircleSlash : Check;
  return (
    <p
      className={`approval-answer is-${decision}`}
      data-testid={testIds.approvalAnswer}
      data-decision={decision}
      title={formatDateTime(resolved.at)}
    >
      <Icon size={13} aria-hidden />
      <span>
        {answerText(approval)}
        {resolved.message && <q className="approval-said">{resolved.message}</q>}
      </span>
    </p>
  );

  function answerText({ request }: Approval): string {
    if (decision === 'withdrawn') return t.approval.answer.withdrawn;
    if (by.kind === 'rule') return t.approval.byRule;
    if (by.kind === 'mode') return t.approval.byMode(by.name ?? t.mode.name.full);
    const option = request.options?.find((one) => one.option_id === resolved?.option_id);
    if (option) return `${t.approvalOptions.chosen(option.label)} ${t.approval.by(actorName(by), t.actor.via[by.via])}`;
    const verb = request.questions?.length && decision !== 'deny' ? t.question.answered : t.approval.answer[decision];
    return `${verb} ${t.approval.by(actorName(by), t.actor.via[by.via])}`;
  }
}
