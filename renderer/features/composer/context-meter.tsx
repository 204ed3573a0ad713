import { Gauge, TriangleAlert } from 'lucide-react';
import { Suspense } from 'react';
import type { PlanLimit } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Popover } from '../../ui/popover.tsx';
import { MeterPanel } from '../app/panes.tsx';
import { useTranscript } from '../conversation/session-context.ts';
import { urgentLimit } from './urgent-limit.ts';

/** Part of the context from which on it is worth a look, percent. */
const highPercent = 80;
const none: readonly PlanLimit[] = [];

/** How full the model's context is and how much of the plan is used, where the CLI tells it; the numbers are behind it. */
export function ContextMeter() {
  const usage = useTranscript((view) => view.usage);
  const limits = useTranscript((view) => (view.meta && view.planLimits.get(view.meta.provider)) ?? none);
  const hasContext = Boolean(usage?.context_tokens !== undefined && usage.context_window);
  if (!hasContext && limits.length === 0) return null;
  const percent = hasContext
    ? Math.round(Math.min(1, (usage?.context_tokens ?? 0) / (usage?.context_window ?? 1)) * 100)
    : null;
  const urgent = urgentLimit(limits);
  const used = urgent?.used_percent === undefined ? null : Math.round(urgent.used_percent);
  const contextWords = percent === null ? '' : t.composer.context(percent);
  const planWords = urgent ? `${t.meter.short(urgent.label, used)}, ${t.meter.state[urgent.state]}` : '';
  const isHigh = percent !== null && percent >= highPercent;
  return (
    <Popover
      label={`${t.meter.title}: ${t.meter.open(contextWords, planWords)}`}
      title={t.meter.title}
      testId={testIds.meter}
      triggerClass={`picker context-meter ${isHigh ? 'is-high' : ''} ${urgent ? `is-${urgent.state}` : ''}`}
      trigger={
        <>
          {percent !== null && <Ring percent={percent} />}
          {urgent ? (
            <>
              <TriangleAlert size={13} aria-hidden />
              <span className="wide-only">{t.meter.short(urgent.label, used)}</span>
            </>
          ) : (
            <span className="wide-only">{percent === null ? t.meter.title : t.composer.context(percent)}</span>
          )}
          {percent === null && !urgent && <Gauge size={14} aria-hidden className="phone-only" />}
        </>
      }
    >
      {() => (
        <Suspense fallback={<p className="field-note">{t.common.loading}</p>}>
          <MeterPanel />
        </Suspense>
      )}
    </Popover>
  );
}

function Ring({ percent }: { percent: number }) {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      <circle cx="7" cy="7" r="5.5" className="meter-track" />
      <circle cx="7" cy="7" r="5.5" className="meter-fill" pathLength={100} strokeDasharray={`${percent} 100`} />
    </svg>
  );
}
