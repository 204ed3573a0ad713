import { useEffect, useState } from 'react';
import type { RetentionPreview } from '../../../main/protocol/data.ts';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { Settings } from '../../../main/protocol/settings.ts';
import { formatBytes, formatSince } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { SwitchRow } from '../../ui/switch-row.tsx';
import type { DataCardProps } from './backups.tsx';
import { ChoiceField } from './choice-field.tsx';
import { TaskProblem, TaskProgress } from './task-progress.tsx';
import { useSettingsNow } from './use-setting.ts';
import { useTask } from './use-task.ts';

const someDays = [30, 90, 180, 365];

/** Which archived sessions go by themselves, or now: none, as long as nobody says so. How many that would be is shown first. */
export function Retention({ overview, settings: initial, onChanged }: DataCardProps & { settings: Settings }) {
  const client = useClient();
  const { settings, problem: refused, set } = useSettingsNow(initial);
  const isOn = settings.delete_archived_after_days !== null;
  const [days, setDays] = useState(settings.delete_archived_after_days ?? 90);
  const [preview, setPreview] = useState<RetentionPreview | null>(null);
  const [unknown, setUnknown] = useState<Problem | null>(null);
  const [asked, setAsked] = useState<'on' | 'now' | null>(null);
  const { task, running, result, problem, begin } = useTask('retention', overview.task, onChanged);
  const words = t.data.retention;
  // biome-ignore lint/correctness/useExhaustiveDependencies: after some were deleted the number is another one
  useEffect(() => {
    let left = false;
    void client.request<RetentionPreview>({ type: 'retention_preview', days }).then((answer) => {
      if (left) return;
      setPreview(answer.ok ? answer.value : null);
      setUnknown(answer.ok ? null : answer.problem);
    });
    return () => {
      left = true;
    };
  }, [client, days, result]);
  const last = overview.last_retention;
  const count = preview?.sessions ?? 0;
  return (
    <section className="card" aria-labelledby="retention-title">
      <h2 id="retention-title">{words.title}</h2>
      <SwitchRow
        label={words.switch}
        note={words.note}
        checked={isOn}
        disabled={preview === null}
        testId={testIds.retentionSwitch}
        onChange={(on) => (on ? setAsked('on') : void set({ delete_archived_after_days: null }))}
      />
      <div className="choice-fields">
        <ChoiceField
          label={words.after}
          value={days}
          options={someDays}
          words={words.days}
          testId={testIds.retentionDays}
          onChange={(next) => {
            setDays(next);
            if (isOn) void set({ delete_archived_after_days: next });
          }}
        />
        {count > 0 && (
          <Button off={running && t.off.wait} data-testid={testIds.retentionNow} onClick={() => setAsked('now')}>
            {words.now}
          </Button>
        )}
      </div>
      {preview && (
        <p className="field-note" data-testid={testIds.retentionPreview}>
          {[
            words.preview(count, days),
            count > 0 && words.frees(formatBytes(preview.bytes)),
            preview.kept > 0 && words.kept(preview.kept),
          ]
            .filter(Boolean)
            .join(' ')}
        </p>
      )}
      <TaskProgress task={task} />
      <TaskProblem problem={problem ?? refused ?? unknown} />
      {result && (
        <p role="status" className="is-good-text">
          {words.deleted(result.deleted)}
        </p>
      )}
      {last && !result && (
        <p className="field-note">{(last.ok ? words.last : words.lastFailed)(formatSince(last.at, Date.now()))}</p>
      )}
      {asked && preview && (
        <ConfirmDialog
          title={asked === 'on' ? words.switch : words.title1(count)}
          note={[
            asked === 'on' ? words.confirmOn : words.confirm,
            asked === 'on' && words.preview(count, days),
            preview.titles.slice(0, 5).join(' · '),
          ]
            .filter(Boolean)
            .join(' ')}
          action={asked === 'on' ? words.on : words.delete}
          onConfirm={() =>
            asked === 'on'
              ? void set({ delete_archived_after_days: days })
              : void begin({ type: 'retention_run', before: preview.before })
          }
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}
