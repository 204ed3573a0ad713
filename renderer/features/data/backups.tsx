import { CircleAlert, CircleCheck, FileSearch, Save } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import type { DataOverview } from '../../../main/protocol/data.ts';
import type { Settings } from '../../../main/protocol/settings.ts';
import { formatBytes, formatSince } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { told } from '../../strings/said.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { CopyableCommand } from '../../ui/copyable-command.tsx';
import { SwitchRow } from '../../ui/switch-row.tsx';
import { BackupList } from './backup-list.tsx';
import { ChoiceField } from './choice-field.tsx';
import { MissingFiles } from './missing-files.tsx';
import { OpenPlaceButton } from './open-place-button.tsx';
import { PlannedRestore } from './planned-restore.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { TaskProblem, TaskProgress } from './task-progress.tsx';
import { useSettingsNow } from './use-setting.ts';
import { useTask } from './use-task.ts';

export interface DataCardProps {
  overview: DataOverview;
  onChanged: () => void;
}

const everyHours = [1, 6, 12, 24, 168];
const keeps = [5, 10, 20, 50];

/** Backups that were made, that are made by themselves, and the way back. */
export function Backups({ overview, settings, onChanged }: DataCardProps & { settings: Settings }) {
  const words = t.data.backups;
  const { task, running, result, problem, begin } = useTask('backup', overview.task, onChanged);
  const [restoring, setRestoring] = useState<{ source: string; name: string } | null>(null);
  return (
    <section className="card" aria-labelledby="backups-title">
      <header className="section-head">
        <h2 id="backups-title">{words.title}</h2>
        <OpenPlaceButton place="backups" path={overview.backup_folder} />
      </header>
      <LastBackup last={overview.last_backup} />
      <PlannedRestore overview={overview} onChanged={onChanged} />
      <div className="card-actions">
        <Button
          variant="primary"
          icon={<Save size={15} aria-hidden />}
          off={running && t.off.wait}
          data-testid={testIds.backupMake}
          onClick={() => void begin({ type: 'backup_make' })}
        >
          {words.make}
        </Button>
        <TaskProgress task={task} />
      </div>
      <TaskProblem problem={problem} />
      {result && (
        <div className="task-result" role="status" data-testid={testIds.backupMade}>
          <p className={result.warning ? 'is-bad-text' : 'is-good-text'}>
            {result.warning ? told({ message: result.warning, say: result.say }).message : words.made}{' '}
            <span className="field-note">
              {[
                formatBytes(result.backup.bytes),
                result.contents && words.holds(result.contents.sessions, result.contents.events),
                result.contents?.attachments?.files && words.files(result.contents.attachments.files),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </p>
          <MissingFiles held={result.contents?.attachments} />
          <CopyableCommand command={result.backup.path} />
        </div>
      )}
      <Automatic initial={settings} />
      <BackupList
        backups={overview.backups}
        onRestore={(backup) => setRestoring({ source: backup.name, name: backup.name })}
        onChanged={onChanged}
      />
      <FromFile onChosen={(source) => setRestoring({ source, name: source.split(/[\\/]/).at(-1) ?? source })} />
      <p className="field-note">{words.note}</p>
      {restoring && (
        <RestoreDialog
          {...restoring}
          canRestart={overview.can_restart}
          onClose={() => {
            setRestoring(null);
            onChanged();
          }}
        />
      )}
    </section>
  );
}

function LastBackup({ last }: { last: DataOverview['last_backup'] }) {
  const words = t.data.backups;
  if (!last) return <p className="field-note">{words.never}</p>;
  const when = formatSince(last.at, Date.now());
  return last.ok ? (
    <p className="with-icon" data-testid={testIds.backupLast}>
      <CircleCheck size={16} aria-hidden className="is-good-text" />
      <span>{words.last(when)}</span>
    </p>
  ) : (
    <div className="with-icon" data-testid={testIds.backupLast}>
      <CircleAlert size={16} aria-hidden className="is-bad-text" />
      <div>
        <p className="is-bad-text">{words.lastFailed(when)}</p>
        <p className="field-note">{told(last).message}</p>
      </div>
    </div>
  );
}

function Automatic({ initial }: { initial: Settings }) {
  const { settings, problem, set } = useSettingsNow(initial);
  const words = t.data.backups;
  return (
    <>
      <SwitchRow
        label={words.automatic}
        note={words.automaticNote}
        checked={settings.backup_automatic}
        testId={testIds.backupAutomatic}
        onChange={(backup_automatic) => void set({ backup_automatic })}
      />
      {settings.backup_automatic && (
        <>
          <div className="choice-fields">
            <ChoiceField
              label={words.every}
              value={settings.backup_every_hours}
              options={everyHours}
              words={words.everyHours}
              onChange={(backup_every_hours) => void set({ backup_every_hours })}
            />
            <ChoiceField
              label={words.keep}
              value={settings.backup_keep}
              options={keeps}
              words={words.keepNumber}
              onChange={(backup_keep) => void set({ backup_keep })}
            />
          </div>
          <p className="field-note">{words.keepNote}</p>
        </>
      )}
      <TaskProblem problem={problem} />
    </>
  );
}

/** A backup that lies elsewhere: by the system's dialog, or by its path where there is none. */
function FromFile({ onChosen }: { onChosen: (path: string) => void }) {
  const { chooseFile } = useClient().bridge;
  const id = useId();
  const [path, setPath] = useState('');
  const words = t.data.restore;
  const choose = async (): Promise<void> => {
    const chosen = await chooseFile?.();
    if (chosen) onChosen(chosen);
  };
  const look = (event: FormEvent): void => {
    event.preventDefault();
    if (path.trim()) onChosen(path.trim());
  };
  return (
    <form className="from-file" onSubmit={look}>
      <h3>{words.title}</h3>
      <p className="field-note">{words.note}</p>
      {chooseFile ? (
        <Button
          icon={<FileSearch size={15} aria-hidden />}
          data-testid={testIds.restoreChoose}
          onClick={() => void choose()}
        >
          {words.choose}
        </Button>
      ) : (
        <div className="field">
          <label className="field-label" htmlFor={id}>
            {words.path}
          </label>
          <div className="field-row">
            <input
              id={id}
              className="text-field is-mono"
              value={path}
              spellCheck={false}
              autoCapitalize="none"
              autoComplete="off"
              data-testid={testIds.restorePath}
              onChange={(event) => setPath(event.target.value)}
            />
            <Button type="submit" off={path.trim() === '' && t.off.empty} data-testid={testIds.restoreChoose}>
              {words.look}
            </Button>
          </div>
        </div>
      )}
    </form>
  );
}
