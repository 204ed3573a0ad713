import { useId } from 'react';
import { intlLocale, t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useSessionProvider } from '../conversation/session-context.ts';
import { type LimitName, type LimitTexts, limitRanges, readLimit } from './limit-values.ts';

const labels = (): Readonly<Record<LimitName, string>> => ({
  turns: t.goal.limitTurns,
  minutes: t.goal.limitMinutes,
  cost_usd: t.goal.limitCost,
});

/** Three fields, one for each limit of a goal. */
export function LimitFields({ texts, onChange }: { texts: LimitTexts; onChange: (texts: LimitTexts) => void }) {
  const id = useId();
  const provider = useSessionProvider();
  const costUntold = provider !== null && !provider.capabilities.cost && texts.cost_usd.trim() !== '';
  return (
    <div className="goal-limits">
      {(Object.entries(labels()) as [LimitName, string][]).map(([name, label]) => {
        const wrong = readLimit(name, texts[name]) === undefined;
        const { least, most } = limitRanges[name];
        return (
          <label key={name} className="goal-limit">
            <span>{label}</span>
            <input
              className="text-field"
              inputMode="decimal"
              value={texts[name]}
              placeholder="–"
              aria-invalid={wrong}
              aria-describedby={wrong ? `${id}-${name}` : undefined}
              data-testid={testIds.goalLimit(name)}
              onChange={(event) => onChange({ ...texts, [name]: event.target.value })}
            />
            {wrong && (
              <span id={`${id}-${name}`} className="field-error">
                {t.goal.limitWrong(least.toLocaleString(intlLocale()), most.toLocaleString(intlLocale()))}
              </span>
            )}
          </label>
        );
      })}
      <p className="goal-note goal-limits-note">{costUntold ? t.goal.costUntold : t.goal.limitsNote}</p>
    </div>
  );
}
