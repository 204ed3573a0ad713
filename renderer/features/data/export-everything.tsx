import { Package } from 'lucide-react';
import { useId, useState } from 'react';
import type { exportFormats } from '../../../main/export/events.ts';
import { formatBytes } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { CopyableCommand } from '../../ui/copyable-command.tsx';
import type { DataCardProps } from './backups.tsx';
import { TaskProblem, TaskProgress } from './task-progress.tsx';
import { useTask } from './use-task.ts';

/** Everything in one archive: into a folder of the person's choice, or where there is no dialog for that, into the one for archives. */
export function ExportEverything({ overview, onChanged }: DataCardProps) {
  const { chooseFolder } = useClient().bridge;
  const id = useId();
  const [format, setFormat] = useState<(typeof exportFormats)[number]>('json');
  const { task, running, result, problem, begin } = useTask('export', overview.task, onChanged);
  const words = t.data.exporting;
  const start = async (): Promise<void> => {
    const path = chooseFolder ? await chooseFolder() : undefined;
    if (path !== null) await begin({ type: 'export_everything', format, path });
  };
  return (
    <section className="card" aria-labelledby="export-title">
      <h2 id="export-title">{words.title}</h2>
      <p className="field-note">{words.note}</p>
      <div className="choice-fields">
        <div className="choice-field">
          <label className="field-label" htmlFor={id}>
            {words.format}
          </label>
          <select
            id={id}
            className="text-field"
            value={format}
            onChange={(event) => setFormat(event.target.value as typeof format)}
          >
            {(['json', 'md', 'html'] satisfies (typeof format)[]).map((one) => (
              <option key={one} value={one}>
                {words.formats[one]}
              </option>
            ))}
          </select>
        </div>
        <Button
          icon={<Package size={15} aria-hidden />}
          off={running && t.off.wait}
          data-testid={testIds.exportEverything}
          onClick={() => void start()}
        >
          {chooseFolder ? words.startInto : words.start}
        </Button>
      </div>
      <TaskProgress task={task} />
      <TaskProblem problem={problem} />
      {result && (
        <div className="task-result" role="status" data-testid={testIds.exportDone}>
          <p className="is-good-text">
            {words.done(result.sessions, result.attachments)}{' '}
            <span className="field-note">{formatBytes(result.bytes)}</span>
          </p>
          {result.missing > 0 && <p className="field-note is-warning">{words.missing(result.missing)}</p>}
          <CopyableCommand command={result.path} />
        </div>
      )}
    </section>
  );
}
