import { ListChecks } from 'lucide-react';
import { t } from '../../strings/index.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { PlanView } from '../conversation/plan-view.tsx';
import { useTranscript } from '../conversation/session-context.ts';
import { Progress } from './progress.tsx';

/** The plan as the agent told it last, and how much of it is done. */
export function PlanTab() {
  const plan = useTranscript((view) => view.plan);
  if (!plan || plan.entries.length === 0)
    return (
      <EmptyNote icon={ListChecks} title={t.panel.noPlan}>
        {t.panel.noPlanNote}
      </EmptyNote>
    );
  const done = plan.entries.filter((entry) => entry.status === 'completed').length;
  const percent = Math.round((done / plan.entries.length) * 100);
  return (
    <div className="panel-scroll">
      <Progress percent={percent} label={t.panel.planDone(percent)} />
      <PlanView entries={plan.entries} />
    </div>
  );
}
