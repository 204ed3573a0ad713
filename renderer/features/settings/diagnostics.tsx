import { CircleAlert, CircleCheck, Info, RefreshCw } from 'lucide-react';
import type { DoctorReport } from '../../../main/protocol/views.ts';
import { t } from '../../strings/index.ts';
import { told } from '../../strings/said.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { LogView } from './log-view.tsx';
import { NotUnderstood } from './not-understood.tsx';
import { reportText } from './report-text.ts';
import { useQuery } from './use-query.ts';

const icons = {
  ok: <CircleCheck size={16} aria-hidden className="is-good-text" />,
  warning: <Info size={16} aria-hidden className="is-wait-text" />,
  error: <CircleAlert size={16} aria-hidden className="is-bad-text" />,
};

/** The doctor: every part of this installation, and what agents said that was not understood. */
export function Diagnostics() {
  const { value: report, problem, loading, reload } = useQuery<DoctorReport>('doctor');
  const words = t.diagnostics;
  return (
    <>
      <p className="lead">{words.lead}</p>
      <header className="section-head">
        <p className="diagnostics-sum" role="status">
          {report && !loading ? summary(report) : words.running}
        </p>
        <div className="provider-actions">
          {report && <CopyButton showLabel label={words.copy} text={() => reportText(report)} />}
          <Button
            size="small"
            icon={<RefreshCw size={14} aria-hidden className={loading ? 'is-turning' : ''} />}
            disabled={loading}
            data-testid={testIds.diagnosticsRun}
            onClick={() => void reload()}
          >
            {loading ? words.running : words.run}
          </Button>
        </div>
      </header>
      {problem && (
        <div className="field-error">
          <ProblemText problem={problem} />
        </div>
      )}
      {report && (
        <>
          <ul className="card-list">
            {report.checks.map((check) => (
              <li
                key={check.id}
                className="check-line"
                data-state={check.state}
                data-testid={testIds.diagnosticsCheck(check.id)}
              >
                {icons[check.state]}
                <div>
                  <p className="check-label">
                    {words.labels[check.id] ?? check.label}
                    {check.state !== 'ok' && <span className="check-state">{words.state[check.state]}</span>}
                  </p>
                  <Finding check={check} />
                </div>
              </li>
            ))}
          </ul>
          <p className="fine-print">{words.copyNote}</p>
          <NotUnderstood found={report.not_understood ?? []} />
        </>
      )}
      <LogView />
    </>
  );
}

/** What was found, and what to do about it. */
function Finding({ check }: { check: DoctorReport['checks'][number] }) {
  const { message, next } = told({ ...check, message: check.text });
  // A command stands at the end of main's own words, and is the same in every language.
  const command = /`[^`]+`$/.exec(check.next ?? '')?.[0];
  return (
    <>
      <p className="check-text">{message}</p>
      {next && <p className="check-next">{command && !next.includes(command) ? `${next} ${command}` : next}</p>}
    </>
  );
}

function summary({ checks }: DoctorReport): string {
  const count = (state: string): number => checks.filter((check) => check.state === state).length;
  const errors = count('error');
  const warnings = count('warning');
  const { allGood, broken, warnings: hints } = t.diagnostics;
  return [errors === 0 ? allGood : broken(errors), warnings > 0 ? hints(warnings) : ''].filter(Boolean).join(' ');
}
