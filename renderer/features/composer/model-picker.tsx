import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { defaultModel, listedModels } from '../../store/listed-models.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useSessionProvider, useTranscript } from '../conversation/session-context.ts';
import { useSessionChange } from './use-session-change.ts';

/** The model of the session, where the agent lets it be chosen. */
export function ModelPicker() {
  const provider = useSessionProvider();
  const meta = useTranscript((view) => view.meta);
  const { whyNot, change } = useSessionChange();
  const model = meta?.model ?? null;
  const models = listedModels(provider?.models ?? []);
  const name = models.find((one) => one.id === model)?.name ?? model ?? meta?.cli?.model ?? t.model.default;
  if (!provider?.capabilities.set_model) return null;
  const choose = async (next: string | null): Promise<void> => {
    if (next === model) return;
    await change({ type: 'set_model', model: next }, { model: next });
  };
  return (
    <Menu
      label={`${t.model.label}: ${name}`}
      testId={testIds.modelPicker}
      triggerClass="picker"
      trigger={
        <>
          <span className="picker-model">{name}</span>
          <ChevronDown size={13} aria-hidden />
        </>
      }
      header={whyNot}
      items={[
        {
          id: 'default',
          label: t.model.default,
          note: t.model.defaultNote,
          checked: model === null || model === defaultModel,
          disabled: whyNot !== null,
          testId: testIds.modelOption,
          onSelect: () => void choose(null),
        },
        ...models.map((one) => ({
          id: one.id,
          label: one.name,
          note: one.description,
          checked: one.id === model,
          disabled: whyNot !== null,
          testId: testIds.modelOption,
          onSelect: () => void choose(one.id),
        })),
      ]}
      footer={(close) =>
        whyNot === null && (
          <OtherModel
            onUse={(next) => {
              close();
              void choose(next);
            }}
          />
        )
      }
    />
  );
}

/** New models appear faster than lists of them: any name the CLI knows can be typed. */
function OtherModel({ onUse }: { onUse: (model: string) => void }) {
  const [text, setText] = useState('');
  const use = (): void => {
    if (text.trim() !== '') onUse(text.trim());
  };
  return (
    <div className="menu-field">
      <input
        className="text-field"
        aria-label={t.model.otherLabel}
        placeholder={t.model.other}
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) use();
        }}
      />
      <Button size="small" off={text.trim() === '' && t.off.empty} onClick={use}>
        {t.model.use}
      </Button>
    </div>
  );
}
