import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useRemembered } from '../../ui/remembered.ts';
import { ToolCard } from '../tools/tool-card.tsx';
import { ToolIcon } from '../tools/tool-icon.tsx';
import type { ToolChildren } from './nested-items.ts';
import { ReasoningView } from './reasoning-view.tsx';
import type { ToolRun } from './tool-runs.ts';

/** "Read 5 files · searched 3 times": opened, each of the calls. */
export const ToolRunView = memo(function ToolRunView({ run, nested }: { run: ToolRun; nested: ToolChildren }) {
  const [open, setOpen] = useRemembered(run.key, false);
  return (
    <section className="tool-run" data-testid={testIds.toolRun}>
      <button type="button" className="quiet-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ToolIcon kind={run.counts[0]?.kind ?? 'other'} size={14} />
        <span className="quiet-toggle-label">
          {run.counts.map(({ kind, count }) => t.tool.run(kind, count)).join(' · ')}
        </span>
        <ChevronRight size={14} aria-hidden className="fold-chevron" />
      </button>
      {open && (
        <div className="tool-run-steps">
          {run.steps.map((step) =>
            step.kind === 'tool' ? (
              <ToolCard key={step.key} tool={step} nested={nested} />
            ) : (
              <ReasoningView key={step.key} id={step.key} text={step.text} durationMs={step.durationMs} />
            ),
          )}
        </div>
      )}
    </section>
  );
});
