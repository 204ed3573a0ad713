import { Target } from 'lucide-react';
import { useEffect, useState } from 'react';
import { defaultSettings } from '../../../main/protocol/default-settings.ts';
import type { Settings } from '../../../main/protocol/settings.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { Popover } from '../../ui/popover.tsx';
import { useSessionProvider, useTranscript } from '../conversation/session-context.ts';
import { LimitFields } from './limit-fields.tsx';
import { limitTexts, readLimits } from './limit-values.ts';
import { useGoalActions } from './use-goal-actions.ts';
import { useGoalAsked } from './use-goal-asked.ts';

/** Gives the session an objective. Not there while it has one, nor for an agent that cannot pursue any. */
export function GoalButton() {
  const open = useTranscript((view) => view.goal?.status === 'active' || view.goal?.status === 'paused');
  const provider = useSessionProvider();
  const asked = useGoalAsked();
  if (open || !provider || provider.capabilities.goals === 'none') return null;
  return (
    <Popover
      label={t.goal.set}
      title={t.goal.setTitle}
      trigger={<Target size={16} aria-hidden />}
      triggerClass="icon-button goal-button"
      testId={testIds.goalButton}
      opens={asked}
    >
      {(close) => <GoalForm onDone={close} />}
    </Popover>
  );
}

/** As the protocol has it, characters. */
const objectiveChars = 4000;

function GoalForm({ onDone }: { onDone: () => void }) {
  const client = useClient();
  const { set, busy } = useGoalActions();
  const [objective, setObjective] = useState('');
  const [texts, setTexts] = useState(limitTexts(defaultSettings.goal_limits));
  useEffect(() => {
    // The settings may have others; what a person has typed meanwhile stays.
    void client.request<{ settings: Settings }>({ type: 'settings_get' }).then((answer) => {
      if (!answer.ok) return;
      const theirs = limitTexts(answer.value.settings.goal_limits);
      const ours = limitTexts(defaultSettings.goal_limits);
      setTexts((now) => (JSON.stringify(now) === JSON.stringify(ours) ? theirs : now));
    });
  }, [client]);
  const limits = readLimits(texts);
  const ready = objective.trim() !== '' && limits !== null && !busy;
  const start = async (): Promise<void> => {
    if (ready && (await set(objective.trim(), limits))) onDone();
  };
  return (
    <form
      className="goal-form"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <h2>{t.goal.setTitle}</h2>
      <p className="goal-note">{t.goal.setNote}</p>
      <label className="goal-objective-field">
        <span>{t.goal.objective}</span>
        <textarea
          // biome-ignore lint/a11y/noAutofocus: the panel opens where the person has just clicked, for this field
          autoFocus
          className="text-field"
          rows={4}
          maxLength={objectiveChars}
          placeholder={t.goal.objectivePlaceholder}
          value={objective}
          data-testid={testIds.goalObjective}
          onChange={(event) => setObjective(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
            event.preventDefault();
            void start();
          }}
        />
      </label>
      <LimitFields texts={texts} onChange={setTexts} />
      <div className="goal-form-actions">
        <Button
          variant="primary"
          type="submit"
          disabled={busy}
          off={!ready && !busy && t.off.incomplete}
          data-testid={testIds.goalStart}
        >
          {t.goal.start}
        </Button>
      </div>
    </form>
  );
}
