import { ChevronRight, Target } from 'lucide-react';
import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { ToolItem } from '../../store/transcript/view.ts';
import { relativePath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { PlainText } from '../../ui/plain-text.tsx';
import { useRemembered } from '../../ui/remembered.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { ApprovalAnswer } from '../approvals/approval-answer.tsx';
import type { ToolChildren } from '../conversation/nested-items.ts';
import { useFolder, useTranscript } from '../conversation/session-context.ts';
import { goalStepOf } from '../goals/goal-step.ts';
import { StepWords } from './sub-steps.tsx';
import { ToolBody } from './tool-body.tsx';
import { ToolIcon } from './tool-icon.tsx';
import { ToolMeta } from './tool-meta.tsx';

/** What a person wants to see without a click: what was run or changed, and what went wrong. */
const openKinds: ReadonlySet<string> = new Set(['execute', 'edit', 'question']);

export const ToolCard = memo(function ToolCard({ tool, nested }: { tool: ToolItem; nested: ToolChildren }) {
  const [chosen, setChosen] = useRemembered<boolean | null>(`tool ${tool.key}`, null);
  const folder = useFolder();
  const approvals = useTranscript(useShallow((view) => tool.approvals.map((id) => view.approvals.get(id))));
  const waiting = approvals.some((approval) => approval && !approval.resolved);
  const status = waiting ? 'waiting' : tool.status;
  const hasBody =
    tool.output !== '' || tool.diffs.length > 0 || tool.input !== undefined || nested.has(tool.toolCallId);
  // Output that comes while the call runs is seen as it comes, and so is a sub-agent at work.
  const live = tool.status === 'running' && (tool.output !== '' || nested.has(tool.toolCallId));
  const opensItself =
    !waiting && (openKinds.has(tool.toolKind) || tool.status === 'failed' || tool.diffs.length > 0 || live);
  const open = hasBody && (chosen ?? opensItself);
  const step = goalStepOf(tool);
  const kind = tool.toolKind === 'other' ? tool.tool || t.tool.kind.other : t.tool.kind[tool.toolKind];
  const verb = step ? t.goal.step[step.kind] : kind;
  const title = step ? step.text : relativePath(tool.title, folder) || tool.tool;
  const answers = approvals.filter((approval) => approval?.resolved);
  return (
    <article
      className={`tool-card is-${status} ${open ? '' : 'is-folded'}`}
      data-testid={testIds.toolCard}
      data-kind={tool.toolKind}
      data-status={status}
      data-find={tool.key}
      aria-label={step ? `${verb}: ${title}` : `${t.tool.kind[tool.toolKind]}: ${tool.title}`}
    >
      <button
        type="button"
        className="tool-head"
        aria-expanded={open}
        disabled={!hasBody}
        title={hasBody ? undefined : t.off.nothingMore}
        data-testid={testIds.toolToggle}
        onClick={() => setChosen(!open)}
      >
        {tool.status === 'running' && !waiting ? <Spinner /> : step ? <GoalIcon /> : <ToolIcon kind={tool.toolKind} />}
        <span className="tool-verb">{verb}</span>
        <span className={`tool-title ${tool.toolKind === 'execute' ? 'is-mono' : ''}`}>
          <PlainText text={title} />
        </span>
        {nested.has(tool.toolCallId) && !open && (
          <span className="tool-meta">
            <StepWords tool={tool} nested={nested} />
          </span>
        )}
        <ToolMeta tool={tool} waiting={waiting} />
        {hasBody && <ChevronRight size={14} aria-hidden className="fold-chevron" />}
      </button>
      {answers.map((approval) => approval && <ApprovalAnswer key={approval.request.approval_id} approval={approval} />)}
      {open && <ToolBody tool={tool} nested={nested} />}
    </article>
  );
});

function GoalIcon() {
  return <Target size={15} aria-hidden className="tool-icon" />;
}

/** The agent writes the input of a call; what it will be is not known yet. */
export function PreparingTool() {
  return (
    <div className="tool-card is-preparing">
      <div className="tool-head">
        <Spinner />
        <span className="tool-title">{t.tool.preparing}</span>
      </div>
    </div>
  );
}
