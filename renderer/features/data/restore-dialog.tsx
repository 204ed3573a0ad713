import { useEffect, useRef, useState } from 'react';
import type { Login } from '../../../main/protocol/access.ts';
import type { BackupContents } from '../../../main/protocol/data.ts';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { ServerStatus } from '../../../main/protocol/views.ts';
import { formatBytes, formatDateTime } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { CopyableCommand } from '../../ui/copyable-command.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useQuery } from '../settings/use-query.ts';
import { MissingFiles } from './missing-files.tsx';
import { TaskProblem, TaskProgress } from './task-progress.tsx';
import { useCameBack } from './use-came-back.ts';
import { useTask } from './use-task.ts';

interface RestoreDialogProps {
  /** Name of a backup in the list, or an absolute path. */
  source: string;
  name: string;
  /** The app can start again by itself; where it cannot, a person does it. */
  canRestart: boolean;
  onClose: () => void;
}

/** Looks into a backup, shows what it holds and what would be lost, and restores it when the person agrees. */
export function RestoreDialog({ source, name, canRestart, onClose }: RestoreDialogProps) {
  const client = useClient();
  const look = useTask('look');
  const plan = useTask('restore');
  const { value: status } = useQuery<ServerStatus>('status');
  const [restart, setRestart] = useState<'asked' | Problem | null>(null);
  const { value: signedIn } = useQuery<{ logins: Login[] }>('logins_list');
  const byLink = signedIn?.logins.some(({ current, by }) => current && by === 'link') ?? false;
  const words = t.data.restore;
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void look.begin({ type: 'backup_look', source });
  }, [look, source]);
  const ready = plan.result;
  useEffect(() => {
    if (!ready?.restart || restart !== null) return;
    setRestart('asked');
    void client.request({ type: 'restart' }).then((answer) => {
      if (!answer.ok) setRestart(answer.problem);
    });
  }, [client, ready, restart]);
  const contents = look.result;
  // What came back is the restored one, and it says so itself.
  const close = restart === 'asked' ? onClose : nothing;
  useCameBack(close);
  return (
    <Dialog title={words.dialog(name)} testId={testIds.restoreDialog} onClose={onClose}>
      {(close) => (
        <>
          {look.running && <p className="field-note">{words.looking}</p>}
          <TaskProgress task={look.task} />
          <TaskProblem problem={look.problem} />
          {contents && !plan.running && !ready && (
            <Contents contents={contents} running={status?.running_turns ?? 0} byLink={byLink} />
          )}
          {plan.running && <p className="field-note">{words.copying}</p>}
          <TaskProgress task={plan.task} />
          <TaskProblem problem={plan.problem} />
          {ready && (
            <p role="status" data-testid={testIds.restoreReady}>
              {!ready.restart || (restart !== 'asked' && restart !== null)
                ? words.byHand
                : byLink
                  ? words.restartingByLink
                  : words.restarting}
            </p>
          )}
          {ready && byLink && <CopyableCommand command={t.signedOut.command} />}
          {restart !== null && restart !== 'asked' && <TaskProblem problem={restart} />}
          <div className="dialog-actions">
            <Button onClick={close}>{contents && !ready ? t.common.cancel : t.common.close}</Button>
            {contents && !ready && (
              <Button
                variant="danger"
                disabled={plan.running}
                data-testid={testIds.restoreConfirm}
                onClick={() => void plan.begin({ type: 'restore_plan', source })}
              >
                {canRestart ? words.start : words.plan}
              </Button>
            )}
          </div>
        </>
      )}
    </Dialog>
  );
}

const nothing = () => {};

interface ContentsProps {
  contents: BackupContents;
  /** Turns that would be stopped. */
  running: number;
  /** This browser came in by a link: that ends with the restart. */
  byLink: boolean;
}

function Contents({ contents, running, byLink }: ContentsProps) {
  const words = t.data.restore;
  const { loses, brings, made_at, sessions, events, bytes, attachments } = contents;
  const more = loses.missing + loses.older - loses.titles.length;
  return (
    <dl className="restore-facts" data-testid={testIds.restoreContents}>
      <dt>{words.holds}</dt>
      <dd>
        <p>
          {t.data.backups.holds(sessions, events)} · {formatBytes(bytes)}
        </p>
        {attachments && attachments.files > 0 && (
          <p>
            {t.data.backups.files(attachments.files)} · {formatBytes(attachments.bytes)}
          </p>
        )}
        {made_at !== null && <p className="field-note">{words.asOf(formatDateTime(made_at))}</p>}
        <p className="is-good-text">{words.intact}</p>
        <MissingFiles held={attachments} />
      </dd>
      <dt>{words.loses}</dt>
      <dd>
        {loses.missing + loses.older === 0 && <p>{words.losesNothing}</p>}
        {loses.missing > 0 && <p className="is-bad-text">{words.missing(loses.missing)}</p>}
        {loses.older > 0 && <p className="is-bad-text">{words.older(loses.older)}</p>}
        {loses.titles.length > 0 && (
          <ul>
            {loses.titles.map((title, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: titles are not unique, and the list does not change
              <li key={at} dir="auto">
                {title || t.sidebar.untitled}
              </li>
            ))}
            {more > 0 && <li className="field-note">{words.more(more)}</li>}
          </ul>
        )}
        {brings > 0 && <p>{words.brings(brings)}</p>}
      </dd>
      <dt>{words.stays}</dt>
      <dd>
        <p>{words.staysNote}</p>
        {byLink && <p className="field-note is-warning">{words.linkEnds}</p>}
        {running > 0 && <p className="field-note is-warning">{words.running(running)}</p>}
      </dd>
    </dl>
  );
}
