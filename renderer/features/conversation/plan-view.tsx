import { Circle, CircleCheck, CircleDot, ListChecks } from 'lucide-react';
import { memo } from 'react';
import type { PlanEntry } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';

const icons = { pending: Circle, in_progress: CircleDot, completed: CircleCheck };

export const PlanView = memo(function PlanView({ entries }: { entries: readonly PlanEntry[] }) {
  const done = entries.filter((entry) => entry.status === 'completed').length;
  return (
    <article className="plan" aria-label={t.plan.title} data-testid={testIds.plan}>
      <header className="plan-head">
        <ListChecks size={15} aria-hidden />
        <span className="plan-title">{t.plan.title}</span>
        <span className="plan-progress">{t.plan.progress(done, entries.length)}</span>
      </header>
      <ol>
        {entries.map((entry, at) => {
          const Icon = icons[entry.status];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an entry has no identity but its place
            <li key={at} className={`plan-entry is-${entry.status}`}>
              <Icon size={15} role="img" aria-label={t.plan.status[entry.status]} />
              <span>{entry.text}</span>
            </li>
          );
        })}
      </ol>
    </article>
  );
});
