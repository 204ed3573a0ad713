import { ChevronRight } from 'lucide-react';
import { memo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { ToolItem } from '../../store/transcript/view.ts';
import { relativePath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { ApprovalAnswer } from '../approvals/approval-answer.tsx';
import { useFolder, useTranscript } from '../conversation/session-context.ts';
import type { ToolChildren } from '../conversation/turn-view.tsx';
import { ToolBody } from './tool-body.tsx';
import { ToolIcon } from './tool-icon.tsx';
import { ToolMeta } from './tool-meta.tsx';

/** What a person wants to see without a click: what was run or changed, and what went wrong. */
const openKinds: ReadonlySet<string> = new Set(['execute', 'edit', 'question']);

export const ToolCard = memo(function ToolCard({ tool, nested }: { tool: ToolItem; nested: ToolChildren }) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const folder = useFolder();
  const approvals = useTranscript(useShallow((view) => tool.approvals.map((id) => view.approvals.get(id))));
  const waiting = approvals.some((approval) => approval && !approval.resolved);
  const status = waiting ? 'waiting' : tool.status;
  const hasBody =
    tool.output !== '' || tool.diffs.length > 0 || tool.input !== undefined || nested.has(tool.toolCallId);
  const opensItself = !waiting && (openKinds.has(tool.toolKind) || tool.status === 'failed' || tool.diffs.length > 0);
  const open = hasBody && (chosen ?? opensItself);
  const answers = approvals.filter((approval) => approval?.resolved);
  return (
    <section
      className={`tool-card is-${status} ${open ? '' : 'is-folded'}`}
      data-testid={testIds.toolCard}
      data-kind={tool.toolKind}
      data-status={status}
      aria-label={`${t.tool.kind[tool.toolKind]}: ${tool.title}`}
    >
      <button
        type="button"
        className="tool-head"
        aria-expanded={open}
        disabled={!hasBody}
        data-testid={testIds.toolToggle}
        onClick={() => setChosen(!open)}
      >
        {tool.status === 'running' && !waiting ? <Spinner /> : <ToolIcon kind={tool.toolKind} />}
        <span className="tool-verb">
          {tool.toolKind === 'other' ? tool.tool || t.tool.kind.other : t.tool.kind[tool.toolKind]}
        </span>
        <span className={`tool-title ${tool.toolKind === 'execute' ? 'is-mono' : ''}`}>
          {relativePath(tool.title, folder) || tool.tool}
        </span>
        <ToolMeta tool={tool} waiting={waiting} />
        {hasBody && <ChevronRight size={14} aria-hidden className="fold-chevron" />}
      </button>
      {answers.map((approval) => approval && <ApprovalAnswer key={approval.request.approval_id} approval={approval} />)}
      {open && <ToolBody tool={tool} nested={nested} />}
    </section>
  );
});

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
