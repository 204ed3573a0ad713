import { ChevronDown } from 'lucide-react';
import type { PermissionMode } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useClient } from '../../ui/client-context.ts';
import { Menu } from '../../ui/menu.tsx';
import { useSession, useSessionProvider, useTranscript } from '../conversation/session-context.ts';
import { ModeIcon } from './mode-icon.tsx';

export const allModes: readonly PermissionMode[] = ['ask', 'accept-edits', 'plan', 'full'];

/** How much the agent may do without asking. */
export function ModePicker() {
  const client = useClient();
  const { sessionId } = useSession();
  const mode = useTranscript((view) => view.meta?.mode ?? 'ask');
  const provider = useSessionProvider();
  const modes = provider ? allModes.filter((one) => provider.capabilities.modes.includes(one)) : allModes;
  const choose = async (next: PermissionMode): Promise<void> => {
    if (next === mode) return;
    await client.act(sessionId, { type: 'set_mode', session_id: sessionId, mode: next });
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
      items={modes.map((one) => ({
        id: one,
        label: t.mode.name[one],
        note: t.mode.note[one],
        icon: <ModeIcon mode={one} />,
        checked: one === mode,
        warning: one === 'full',
        testId: testIds.modeOption(one),
        onSelect: () => void choose(one),
      }))}
    />
  );
}
