import { ChevronDown, Gauge } from 'lucide-react';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Menu } from '../../ui/menu.tsx';
import { useSessionProvider, useTranscript } from '../conversation/session-context.ts';
import { modelInUse } from './model-in-use.ts';
import { useSessionChange } from './use-session-change.ts';

/** How long the model thinks, where it can be chosen. */
export function EffortPicker() {
  const provider = useSessionProvider();
  const meta = useTranscript((view) => view.meta);
  const { whyNot, change } = useSessionChange();
  const model = modelInUse(provider?.models ?? [], meta?.model ?? null, meta?.cli?.model ?? null);
  const efforts = provider?.capabilities.set_effort ? (model?.efforts ?? []) : [];
  if (efforts.length === 0) return null;
  const effort = meta?.effort ?? null;
  const choose = async (next: string | null): Promise<void> => {
    if (next === effort) return;
    await change({ type: 'set_effort', effort: next }, { effort: next });
  };
  const byItself = model?.default_effort ?? null;
  const applies = effort ?? byItself;
  const name = effort === null ? t.effort.default : t.effort.name(effort);
  return (
    <Menu
      label={`${t.effort.label}: ${effort === null && byItself ? t.effort.byDefault(t.effort.name(byItself)) : name}`}
      testId={testIds.effortPicker}
      triggerClass="picker"
      trigger={
        <>
          <Gauge size={14} aria-hidden />
          <span className="wide-only">{applies === null ? t.effort.label : t.effort.name(applies)}</span>
          <ChevronDown size={13} aria-hidden />
        </>
      }
      header={whyNot}
      items={[
        {
          id: 'default',
          label: t.effort.default,
          note: t.effort.defaultNote,
          checked: effort === null,
          disabled: whyNot !== null,
          testId: testIds.effortOption,
          onSelect: () => void choose(null),
        },
        ...efforts.map((one) => ({
          id: one,
          label: t.effort.name(one),
          note: one === model?.default_effort ? t.effort.isDefault : undefined,
          checked: one === effort,
          disabled: whyNot !== null,
          testId: testIds.effortOption,
          onSelect: () => void choose(one),
        })),
      ]}
    />
  );
}
