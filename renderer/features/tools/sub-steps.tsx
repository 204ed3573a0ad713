import { ChevronRight } from 'lucide-react';
import type { ToolItem } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useRemembered } from '../../ui/remembered.ts';
import { AssistantText } from '../conversation/assistant-text.tsx';
import { countSteps, type NestedItem, type ToolChildren } from '../conversation/nested-items.ts';
import { ReasoningView } from '../conversation/reasoning-view.tsx';
import { ToolCard } from './tool-card.tsx';

/** What a sub-agent does and says: open while it works, folded to its count when it is done. */
export function SubSteps({ tool, nested }: { tool: ToolItem; nested: ToolChildren }) {
  const [chosen, setChosen] = useRemembered<boolean | null>(`steps ${tool.key}`, null);
  const items = nested.get(tool.toolCallId);
  if (!items) return null;
  const open = chosen ?? tool.status === 'running';
  return (
    <div className="sub-steps" data-testid={testIds.subSteps}>
      <button type="button" className="fold-toggle" aria-expanded={open} onClick={() => setChosen(!open)}>
        <ChevronRight size={14} aria-hidden className="fold-chevron" />
        <StepWords tool={tool} nested={nested} />
      </button>
      {open && (
        <div className="nested-tools">
          {items.map((item) => (
            <Step key={item.key} item={item} nested={nested} />
          ))}
        </div>
      )}
    </div>
  );
}

/** "12 steps · 1 running". */
export function StepWords({ tool, nested }: { tool: ToolItem; nested: ToolChildren }) {
  const { all, running, failed } = countSteps(tool.toolCallId, nested);
  const parts = [t.subAgent.steps(all)];
  if (running > 0) parts.push(t.subAgent.running(running));
  if (failed > 0) parts.push(t.subAgent.failed(failed));
  return <span>{parts.join(' · ')}</span>;
}

function Step({ item, nested }: { item: NestedItem; nested: ToolChildren }) {
  if (item.kind === 'tool') return <ToolCard tool={item} nested={nested} />;
  if (item.kind === 'reasoning') return <ReasoningView id={item.key} text={item.text} durationMs={item.durationMs} />;
  return <AssistantText text={item.text} partial={item.partial} />;
}
