import { CircleAlert, CircleCheck, CircleSlash } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { Elapsed } from '../../ui/elapsed.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { cancelInstall, closeInstall, type Install, install } from './installs.ts';

const icons = {
  running: <Spinner />,
  done: <CircleCheck size={15} aria-hidden className="is-good-text" />,
  failed: <CircleAlert size={15} aria-hidden className="is-bad-text" />,
  cancelled: <CircleSlash size={15} aria-hidden />,
};

/** How an installation goes: what npm says, how it ended, and a way out. */
export function InstallPanel({ provider, job }: { provider: string; job: Install }) {
  const client = useClient();
  const words = t.onboarding.job;
  const running = job.state === 'running';
  return (
    <section className="install-panel" data-testid={testIds.installPanel} data-state={job.state}>
      <header className="install-head">
        {icons[job.state]}
        <span role="status">{words[job.state]}</span>
        {running && <Elapsed since={job.startedAt} />}
        <span className="install-space" />
        {job.state === 'failed' && (
          <Button size="small" onClick={() => void install(client, provider)}>
            {words.again}
          </Button>
        )}
        {running ? (
          <Button
            size="small"
            disabled={job.jobId === null || job.cancelling}
            data-testid={testIds.installCancel}
            onClick={() => void cancelInstall(client, provider)}
          >
            {job.cancelling ? words.cancelling : words.cancel}
          </Button>
        ) : (
          <Button size="small" data-testid={testIds.installClose} onClick={() => closeInstall(provider)}>
            {words.close}
          </Button>
        )}
      </header>
      {job.problem && (
        <div className="field-error">
          <ProblemText problem={job.problem} />
        </div>
      )}
      <Output text={job.text === '' && running ? words.waiting : job.text} />
    </section>
  );
}

/** Follows its end, unless somebody has scrolled up. */
function Output({ text }: { text: string }) {
  const box = useRef<HTMLPreElement>(null);
  const atEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what moves the end.
  useEffect(() => {
    if (atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  if (text === '') return null;
  return (
    <pre
      ref={box}
      className="install-output"
      role="log"
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
      tabIndex={0}
      aria-label={t.onboarding.job.output}
      data-testid={testIds.installOutput}
      onScroll={({ currentTarget: at }) => {
        atEnd.current = at.scrollTop + at.clientHeight >= at.scrollHeight - 8;
      }}
    >
      {text}
    </pre>
  );
}
