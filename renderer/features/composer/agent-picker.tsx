import { ChevronDown } from 'lucide-react';
import type { ProviderInfo } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useProviders } from '../../ui/client-context.ts';
import { Menu } from '../../ui/menu.tsx';
import { useSessionProvider, useTranscript } from '../conversation/session-context.ts';
import { ProviderMark } from '../providers/provider-mark.tsx';
import { useSessionChange } from './use-session-change.ts';

/** Which agent goes on with the session. Not while a turn runs: it belongs to the one that began it. */
export function AgentPicker() {
  const current = useSessionProvider();
  const id = useTranscript((view) => view.meta?.provider ?? null);
  const running = useTranscript((view) => view.runningTurn !== null);
  const providers = useProviders((view) => view.list);
  const { whyNot, change } = useSessionChange();
  const name = current?.name ?? id ?? '';
  const choose = async (next: ProviderInfo): Promise<void> => {
    if (next.id === id) return;
    await change({ type: 'set_provider', provider: next.id }, { provider: next.id });
  };
  return (
    <Menu
      label={`${t.agent.label}: ${name}`}
      testId={testIds.agentPicker}
      triggerClass="picker"
      trigger={
        <>
          <ProviderMark id={id ?? ''} name={name} />
          <span className="picker-provider wide-only">{name}</span>
          <ChevronDown size={13} aria-hidden />
        </>
      }
      header={whyNot ?? (running ? t.agent.running : t.agent.explain)}
      items={providers.map((one) => ({
        id: one.id,
        label: one.name,
        note:
          one.state !== 'ready'
            ? t.provider.state[one.state]
            : (whyNot ?? (running && one.id !== id ? t.off.running : undefined)),
        icon: <ProviderMark id={one.id} name={one.name} />,
        checked: one.id === id,
        disabled: whyNot !== null || (one.id !== id && (running || one.state !== 'ready')),
        testId: testIds.agentOption(one.id),
        onSelect: () => void choose(one),
      }))}
    />
  );
}
