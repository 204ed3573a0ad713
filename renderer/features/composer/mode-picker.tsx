import { ChevronDown } from 'lucide-react';
import type { PermissionMode } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Menu } from '../../ui/menu.tsx';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { useSessionProvider, useTranscript } from '../conversation/session-context.ts';
import { ModeIcon } from './mode-icon.tsx';
import { useSessionChange } from './use-session-change.ts';

export const allModes: readonly PermissionMode[] = ['ask', 'accept-edits', 'plan', 'full'];

/** How much the agent may do without asking. */
export function ModePicker() {
  const mode = useTranscript((view) => view.meta?.mode ?? 'ask');
  const provider = useSessionProvider();
  const { whyNot, change } = useSessionChange();
  const mayAnswer = useWhyNot('approvals:write') === null;
  const needsMore = (one: PermissionMode): boolean => !mayAnswer && (one === 'full' || one === 'accept-edits');
  const modes = provider ? allModes.filter((one) => provider.capabilities.modes.includes(one)) : allModes;
  const choose = async (next: PermissionMode): Promise<void> => {
    if (next === mode) return;
    await change({ type: 'set_mode', mode: next }, { mode: next });
  };
  return (
    <Menu
      label={`${t.mode.label}: ${t.mode.name[mode]}`}
      testId={testIds.modePicker}
      triggerClass={`picker picker-mode ${mode === 'full' ? 'is-warning' : ''}`}
      trigger={
        <>
          <ModeIcon mode={mode} size={14} />
          <span className={mode === 'full' ? undefined : 'wide-only'}>{t.mode.name[mode]}</span>
          <ChevronDown size={13} aria-hidden />
        </>
      }
      header={whyNot}
      items={modes.map((one) => ({
        id: one,
        label: t.mode.name[one],
        note: whyNot === null && needsMore(one) ? t.rights.mode : t.mode.note[one],
        disabled: whyNot !== null || needsMore(one),
        icon: <ModeIcon mode={one} />,
        checked: one === mode,
        warning: one === 'full',
        testId: testIds.modeOption(one),
        onSelect: () => void choose(one),
      }))}
    />
  );
}
