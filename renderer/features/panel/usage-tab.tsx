import { Gauge } from 'lucide-react';
import { useMemo } from 'react';
import { sumUsage } from '../../store/transcript/sum-usage.ts';
import type { Turn } from '../../store/transcript/view.ts';
import { formatCost, formatCount, formatDateTime, formatMoment } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { useNow } from '../../ui/use-now.ts';
import { MeterPanel } from '../composer/meter-panel.tsx';
import { useTranscript } from '../conversation/session-context.ts';
import { useToldTurns } from '../conversation/use-told-turns.ts';

/** Turns in the table; the sum is of all. */
const mostTurns = 100;

/** What the session has used: the context now, the plan's windows, every turn, and all together. */
export function UsageTab() {
  const turns = useToldTurns();
  const hasLimits = useTranscript((view) => view.planLimits.size > 0);
  const used = useMemo(() => turns.filter((turn) => turn.usage !== null), [turns]);
  if (used.length === 0 && !hasLimits)
    return (
      <EmptyNote icon={Gauge} title={t.panel.noUsage}>
        {t.panel.noUsageNote}
      </EmptyNote>
    );
  return (
    <div className="panel-scroll">
      <MeterPanel />
      {used.length > 0 && <TurnTable turns={used} />}
    </div>
  );
}

function TurnTable({ turns }: { turns: readonly Turn[] }) {
  const now = useNow('minute');
  const sum = sumUsage(turns);
  const shown = turns.slice(-mostTurns).toReversed();
  return (
    <section className="usage-turns">
      <h3>{t.panel.turns}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.panel.turn}</th>
            <th scope="col">{t.panel.turnTokens}</th>
            <th scope="col">{t.panel.turnCost}</th>
          </tr>
        </thead>
        <tbody>
          <tr className="is-total">
            <th scope="row">{t.panel.total}</th>
            <td>
              {formatCount(sum.input)} / {formatCount(sum.output)}
            </td>
            <td>{sum.cost === null ? t.panel.notTold : formatCost(sum.cost)}</td>
          </tr>
          {shown.map(({ turnId, startedAt, usage }) => (
            <tr key={turnId} data-testid={testIds.usageTurn}>
              <th scope="row" title={formatDateTime(startedAt)}>
                {formatMoment(startedAt, now)}
              </th>
              <td>
                {formatCount(usage?.input_tokens ?? 0)} / {formatCount(usage?.output_tokens ?? 0)}
              </td>
              <td>{usage?.cost_usd === undefined ? '–' : formatCost(usage.cost_usd)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < turns.length && <p className="meter-note">{t.panel.latest(shown.length, turns.length)}</p>}
    </section>
  );
}
