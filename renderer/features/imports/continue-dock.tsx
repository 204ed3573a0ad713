import { GitFork, Play } from 'lucide-react';
import { useState } from 'react';
import type { SessionId } from '../../../main/protocol/ids.ts';
import type { PermissionMode } from '../../../main/protocol/values.ts';
import type { ImportedSession } from '../../../main/protocol/views.ts';
import { go } from '../../store/route.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useProviders } from '../../ui/client-context.ts';
import { RightButton } from '../../ui/right-button.tsx';
import { ModeChoice } from '../new-session/mode-choice.tsx';

/** "Continue here": with which permission, and on a branch where another program may go on with it. */
export function ContinueDock({ imported }: { imported: ImportedSession }) {
  const [open, setOpen] = useState(false);
  const [last] = imported.continued_by.slice(-1);
  if (open) return <ContinueForm imported={imported} onClose={() => setOpen(false)} />;
  return (
    <div className="continue-bar">
      {last && (
        <Button variant="quiet" onClick={() => go({ name: 'session', sessionId: last })}>
          {t.imports.openSession}
        </Button>
      )}
      <RightButton
        needs="chat"
        variant="primary"
        icon={<Play size={15} aria-hidden />}
        data-testid={testIds.continueOpen}
        onClick={() => setOpen(true)}
      >
        {t.imports.continueHere}
      </RightButton>
    </div>
  );
}

/** Within this time of its last message, milliseconds, another program is taken to be at work in it. */
const writingMs = 10_000;
const writtenToNow = ({ live, last_at }: ImportedSession): boolean =>
  live && last_at !== null && Date.now() - last_at < writingMs;

function ContinueForm({ imported, onClose }: { imported: ImportedSession; onClose: () => void }) {
  const client = useClient();
  const provider = useProviders((view) => view.list.find((one) => one.id === imported.provider));
  const [mode, setMode] = useState<PermissionMode>('ask');
  const [fork, setFork] = useState(writtenToNow(imported));
  const [busy, setBusy] = useState(false);
  const name = provider?.name ?? imported.provider;
  const resumes = provider?.capabilities.resume === true && !imported.gone;
  const canFork = resumes && provider?.capabilities.fork === true;
  const start = async (): Promise<void> => {
    setBusy(true);
    const answer = await client.request<{ session_id: SessionId }>({
      type: 'continue_import',
      import_id: imported.import_id,
      mode,
      fork: canFork && fork,
    });
    setBusy(false);
    if (answer.ok) go({ name: 'session', sessionId: answer.value.session_id });
    else client.report(answer.problem);
  };
  return (
    <section className="continue-form" aria-label={t.imports.continueTitle}>
      <h2>{t.imports.continueTitle}</h2>
      <p className="field-note">{resumes ? t.imports.resumes(name) : t.imports.told(name)}</p>
      {provider && provider.state !== 'ready' && <p className="field-note is-warning">{t.imports.noAgent(name)}</p>}
      <ModeChoice value={mode} modes={provider?.capabilities.modes ?? []} onChange={setMode} />
      {canFork && (
        <label className="continue-fork">
          <input
            type="checkbox"
            checked={fork}
            data-testid={testIds.continueFork}
            onChange={(event) => setFork(event.target.checked)}
          />
          <span>
            <span className="continue-fork-label">
              <GitFork size={14} aria-hidden /> {t.imports.fork}
            </span>
            <span className={`field-note ${imported.live && !fork ? 'is-warning' : ''}`}>
              {imported.live && !fork ? t.imports.forkLive : t.imports.forkNote}
            </span>
          </span>
        </label>
      )}
      <div className="continue-bar">
        <Button variant="quiet" onClick={onClose}>
          {t.imports.cancel}
        </Button>
        <Button variant="primary" disabled={busy} data-testid={testIds.continueStart} onClick={() => void start()}>
          {t.imports.start}
        </Button>
      </div>
    </section>
  );
}
