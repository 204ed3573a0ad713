import { CircleAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { SessionId } from '../../../main/protocol/ids.ts';
import type { VerifyReport } from '../../../main/protocol/views.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useSessions } from '../../ui/client-context.ts';
import { ProblemText } from '../../ui/problem-text.tsx';

/** Checks the hash chain of every session. */
export function VerifyRecord() {
  return (
    <section className="card">
      <h2>{t.settings.data.verifyTitle}</h2>
      <p className="field-note">{t.settings.data.verifyNote}</p>
      <Verification />
    </section>
  );
}

function Verification() {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [report, setReport] = useState<VerifyReport | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    const answer = await client.request<VerifyReport>({ type: 'verify' });
    setBusy(false);
    setReport(answer.ok ? answer.value : null);
    setProblem(answer.ok ? null : answer.problem);
  };
  return (
    <>
      <Button disabled={busy} data-testid={testIds.verifyRun} onClick={() => void run()}>
        {busy ? t.settings.data.verifying : t.settings.data.verify}
      </Button>
      {problem && (
        <div className="field-error">
          <ProblemText problem={problem} />
        </div>
      )}
      {report && <VerifyResult report={report} />}
    </>
  );
}

function VerifyResult({ report }: { report: VerifyReport }) {
  const byId = useSessions((view) => view.byId);
  const broken = report.sessions.filter((session) => !session.ok);
  const events = report.sessions.reduce((sum, session) => sum + session.events, 0);
  return (
    <div className="verify-result" role="status" data-testid={testIds.verifyResult} data-ok={report.ok}>
      {report.ok ? (
        <p className="is-good-text">
          <ShieldCheck size={16} aria-hidden /> {t.settings.data.ok(report.sessions.length, events)}
        </p>
      ) : (
        <>
          <p className="is-bad-text">
            <CircleAlert size={16} aria-hidden /> {t.settings.data.broken(broken.length)}
          </p>
          <ul>
            {broken.map((session) => (
              <li key={session.session_id}>
                <strong>{byId.get(session.session_id as SessionId)?.title ?? session.session_id}</strong>{' '}
                {t.settings.data.brokenAt(session.broken_at, session.reason)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
