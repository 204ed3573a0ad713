import { RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { BackupFile } from '../../../main/protocol/data.ts';
import type { Problem } from '../../../main/protocol/errors.ts';
import { formatBytes, formatDateTime } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { TaskProblem } from './task-progress.tsx';

/** Shown at first. */
const few = 5;

interface BackupListProps {
  backups: readonly BackupFile[];
  onRestore: (backup: BackupFile) => void;
  onChanged: () => void;
}

export function BackupList({ backups, onRestore, onChanged }: BackupListProps) {
  const client = useClient();
  const [all, setAll] = useState(false);
  const [asked, setAsked] = useState<BackupFile | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const words = t.data.backups;
  if (backups.length === 0) return null;
  const remove = async ({ name }: BackupFile): Promise<void> => {
    const answer = await client.request({ type: 'backup_delete', name });
    setProblem(answer.ok ? null : answer.problem);
    onChanged();
  };
  return (
    <>
      <ul className="backup-list" aria-label={words.list} data-testid={testIds.backupList}>
        {(all ? backups : backups.slice(0, few)).map((backup) => {
          const when = formatDateTime(backup.made_at);
          return (
            <li key={backup.name}>
              <div className="backup-text">
                <span className="backup-when">{when}</span>
                <span className="field-note">
                  {words.reason[backup.reason]} · {formatBytes(backup.bytes)}
                </span>
              </div>
              <div className="backup-actions">
                <Button
                  size="small"
                  icon={<RotateCcw size={14} aria-hidden />}
                  aria-label={words.restoreOf(when)}
                  onClick={() => onRestore(backup)}
                >
                  {words.restore}
                </Button>
                <IconButton label={words.deleteOf(when)} onClick={() => setAsked(backup)}>
                  <Trash2 size={15} aria-hidden />
                </IconButton>
              </div>
            </li>
          );
        })}
      </ul>
      {!all && backups.length > few && (
        <Button size="small" variant="quiet" onClick={() => setAll(true)}>
          {words.all(backups.length)}
        </Button>
      )}
      <TaskProblem problem={problem} />
      {asked && (
        <ConfirmDialog
          title={words.deleteTitle}
          note={words.deleteNote(formatDateTime(asked.made_at))}
          action={words.delete}
          onConfirm={() => void remove(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
