import type { ToolItem } from '../../store/transcript/view.ts';
import { useTranscript } from '../conversation/session-context.ts';
import { ToolOutput } from '../tools/tool-output.tsx';

/** A question of the agent as it was answered. */
export function QuestionAnswers({ tool }: { tool: ToolItem }) {
  const approvals = useTranscript((view) => view.approvals);
  const asked = tool.approvals.map((id) => approvals.get(id)).filter((approval) => approval?.request.questions?.length);
  if (asked.length === 0) return <ToolOutput tool={tool} />;
  return asked.map((approval) => (
    <dl key={approval?.request.approval_id} className="question-answers">
      {approval?.request.questions?.map((question) => (
        <div key={question.question}>
          <dt>{question.question}</dt>
          <dd>{approval.resolved?.answers?.[question.question] ?? '–'}</dd>
        </div>
      ))}
    </dl>
  ));
}
