import { useMemo } from 'react';
import type { PlanLimit } from '../../../main/protocol/values.ts';
import { sumUsage } from '../../store/transcript/sum-usage.ts';
import { formatCost, formatCount, formatMoment } from '../../strings/format.ts';
import { intlLocale, t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useProviders } from '../../ui/client-context.ts';
import { useNow } from '../../ui/use-now.ts';
import { sizesOf } from '../conversation/line-view.tsx';
import { useTranscript } from '../conversation/session-context.ts';
import { useToldTurns } from '../conversation/use-told-turns.ts';

/** The numbers behind the meter: context, what was summed up, the plan's windows, and what the session has used. */
export function MeterPanel() {
  return (
    <div className="meter-panel" data-testid={testIds.meterPanel}>
      <ContextPart />
      <PlanParts />
      <SessionPart />
    </div>
  );
}

function ContextPart() {
  const usage = useTranscript((view) => view.usage);
  const compacted = useTranscript((view) => view.compacted);
  const now = useNow('minute');
  const known = usage?.context_tokens !== undefined && usage.context_window ? usage : null;
  const sizes = compacted && sizesOf(compacted.before, compacted.after);
  return (
    <section>
      <h2>{t.meter.context}</h2>
      {known ? (
        <Bar
          percent={((known.context_tokens ?? 0) / (known.context_window ?? 1)) * 100}
          label={t.meter.context}
          text={t.meter.contextUsed(
            (known.context_tokens ?? 0).toLocaleString(intlLocale()),
            (known.context_window ?? 0).toLocaleString(intlLocale()),
          )}
        />
      ) : (
        <p className="meter-note">{t.meter.nothing}</p>
      )}
      {compacted && (
        <p className="meter-note">
          {t.meter.compacted(formatMoment(compacted.ts, now), t.meter[compacted.trigger])}
          {sizes && ` (${sizes})`}
        </p>
      )}
    </section>
  );
}

function PlanParts() {
  const planLimits = useTranscript((view) => view.planLimits);
  const providers = useProviders((view) => view.list);
  return [...planLimits].map(
    ([id, limits]) =>
      limits.length > 0 && (
        <section key={id}>
          <h2>{t.meter.plan(providers.find((one) => one.id === id)?.name ?? id)}</h2>
          {limits.map((limit) => (
            <PlanWindow key={limit.id} limit={limit} />
          ))}
        </section>
      ),
  );
}

function PlanWindow({ limit }: { limit: PlanLimit }) {
  const now = useNow('minute');
  const words = [
    limit.used_percent === undefined ? '' : t.meter.used(Math.round(limit.used_percent)),
    t.meter.state[limit.state],
    limit.resets_at === undefined ? '' : t.meter.resets(formatMoment(limit.resets_at, now)),
  ];
  return (
    <Bar
      percent={limit.used_percent ?? (limit.state === 'reached' ? 100 : null)}
      label={limit.label}
      text={words.filter(Boolean).join(' · ')}
      state={limit.state}
      showLabel
    />
  );
}

function SessionPart() {
  const turns = useToldTurns();
  const sum = useMemo(() => sumUsage(turns), [turns]);
  if (sum.input === 0 && sum.output === 0) return null;
  return (
    <section>
      <h2>{t.meter.session}</h2>
      <p className="meter-note">
        {t.meter.tokens(formatCount(sum.input), formatCount(sum.cached), formatCount(sum.output))}
        {sum.cost !== null && ` · ${t.meter.cost(formatCost(sum.cost))}`}
      </p>
    </section>
  );
}

interface BarProps {
  /** Null: not known. */
  percent: number | null;
  label: string;
  text: string;
  state?: PlanLimit['state'];
  showLabel?: boolean;
}

function Bar({ percent, label, text, state = 'ok', showLabel = false }: BarProps) {
  return (
    <div className={`meter-bar is-${state}`}>
      <span className="meter-words">
        {showLabel && <span className="meter-label">{label}</span>}
        <span className="meter-text">{text}</span>
      </span>
      {percent !== null && (
        <span className="meter-line" aria-hidden="true">
          <span style={{ width: `${Math.min(100, Math.max(0, percent))}%` }} />
        </span>
      )}
    </div>
  );
}
