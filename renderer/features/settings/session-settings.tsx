import { Check } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { Settings } from '../../../main/protocol/settings.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { ProblemText } from '../../ui/problem-text.tsx';
import { LimitField } from './limit-field.tsx';
import { changesOf, draftOfSettings, type NumberField, problemOf, type SettingsDraft } from './settings-draft.ts';
import { useQuery } from './use-query.ts';

/** Time limits of turns, what new goals get, and whether conversations of the CLIs are read. */
export function SessionSettings() {
  const { value, problem, reload } = useQuery<{ settings: Settings }>('settings_get');
  if (problem) {
    return (
      <div className="field-error">
        <ProblemText problem={problem} />
        <Button onClick={() => void reload()}>{t.common.tryAgain}</Button>
      </div>
    );
  }
  return value ? <Form initial={value.settings} /> : <p className="field-note">{t.common.loading}</p>;
}

function Form({ initial }: { initial: Settings }) {
  const client = useClient();
  const [settings, setSettings] = useState(initial);
  const [draft, setDraft] = useState(() => draftOfSettings(initial));
  const [state, setState] = useState<'idle' | 'saving' | 'saved'>('idle');
  const [problem, setProblem] = useState<Problem | null>(null);
  const changes = changesOf(draft, settings);
  const dirty = changes === null || Object.keys(changes).length > 0;
  const change = (next: SettingsDraft): void => {
    setDraft(next);
    setState('idle');
  };
  const field = (name: NumberField) => ({
    name,
    draft: draft.numbers[name],
    problem: problemOf(name, draft.numbers[name]),
    onChange: (next: SettingsDraft['numbers'][NumberField]) =>
      change({ ...draft, numbers: { ...draft.numbers, [name]: next } }),
  });
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!changes || !dirty) return;
    setState('saving');
    const answer = await client.request<{ settings: Settings }>({ type: 'settings_set', settings: changes });
    setProblem(answer.ok ? null : answer.problem);
    setState(answer.ok ? 'saved' : 'idle');
    if (!answer.ok) return;
    setSettings(answer.value.settings);
    setDraft(draftOfSettings(answer.value.settings));
  };
  return (
    <form
      className="session-settings"
      noValidate
      data-testid={testIds.sessionSettings}
      onSubmit={(event) => void save(event)}
    >
      <p className="lead">{t.sessionSettings.lead}</p>
      <section className="card">
        <h2>{t.sessionSettings.timeTitle}</h2>
        <LimitField
          {...field('idle_close_minutes')}
          label={t.sessionSettings.idleClose}
          note={t.sessionSettings.idleCloseNote}
          unit={t.sessionSettings.minutes}
        />
        <LimitField
          {...field('turn_idle_minutes')}
          label={t.sessionSettings.turnIdle}
          note={t.sessionSettings.turnIdleNote}
          unit={t.sessionSettings.minutes}
          offLabel={t.sessionSettings.never}
        />
        <LimitField
          {...field('turn_total_minutes')}
          label={t.sessionSettings.turnTotal}
          note={t.sessionSettings.turnTotalNote}
          unit={t.sessionSettings.minutes}
          offLabel={t.sessionSettings.never}
        />
      </section>
      <section className="card">
        <h2>{t.sessionSettings.goalTitle}</h2>
        <p className="field-note">{t.sessionSettings.goalNote}</p>
        <LimitField
          {...field('goal_turns')}
          label={t.sessionSettings.goalTurns}
          unit={t.sessionSettings.turns}
          offLabel={t.sessionSettings.noLimit}
        />
        <LimitField
          {...field('goal_minutes')}
          label={t.sessionSettings.goalMinutes}
          unit={t.sessionSettings.minutes}
          offLabel={t.sessionSettings.noLimit}
        />
        <LimitField
          {...field('goal_cost_usd')}
          label={t.sessionSettings.goalCost}
          unit={t.sessionSettings.usd}
          offLabel={t.sessionSettings.noLimit}
        />
      </section>
      <section className="card">
        <h2>{t.sessionSettings.importTitle}</h2>
        <label className="check-row">
          <input
            type="checkbox"
            checked={draft.import_enabled}
            onChange={(event) => change({ ...draft, import_enabled: event.target.checked })}
          />
          <span>{t.sessionSettings.importLabel}</span>
        </label>
        <p className="field-note">{t.sessionSettings.importNote}</p>
      </section>
      {problem && (
        <div className="field-error" role="alert">
          <ProblemText problem={problem} />
        </div>
      )}
      <div className="form-actions settings-actions">
        <span className="saved-note" role="status">
          {state === 'saved' && !dirty && (
            <>
              <Check size={15} aria-hidden /> {t.sessionSettings.saved}
            </>
          )}
        </span>
        {dirty && (
          <Button variant="quiet" onClick={() => change(draftOfSettings(settings))}>
            {t.sessionSettings.undo}
          </Button>
        )}
        <Button
          type="submit"
          variant="primary"
          disabled={state === 'saving'}
          off={!dirty ? t.off.unchanged : changes === null && t.off.incomplete}
          data-testid={testIds.settingsSave}
        >
          {state === 'saving' ? t.sessionSettings.saving : t.sessionSettings.save}
        </Button>
      </div>
    </form>
  );
}
