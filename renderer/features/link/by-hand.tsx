import { type FormEvent, useState } from 'react';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useConnection } from '../../ui/client-context.ts';
import { Fingerprint } from '../../ui/fingerprint.tsx';
import { Logo } from '../../ui/logo.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { KeptMessages } from './kept-messages.tsx';

/** Lets this page in by address and key: the person compares the fingerprint before the key goes anywhere. */
export function ByHand() {
  const { bridge } = useClient();
  const link = useConnection((view) => view.link);
  const fingerprint = link.status === 'by_hand' ? link.fingerprint : null;
  const problem = link.status === 'by_hand' ? link.problem : undefined;
  const [key, setKey] = useState('');
  const [keep, setKeep] = useState(false);
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const typed = key.trim();
    setWrong(!typed.startsWith('qd_'));
    if (typed.startsWith('qd_')) bridge.sealed?.connectWithKey(typed, keep);
  };
  return (
    <main className="gate" data-testid={testIds.byHand}>
      <div className="gate-card">
        <Logo size={40} />
        <h1>{t.link.byHand.title}</h1>
        <p className="gate-text">{t.link.byHand.pairInstead}</p>
        {problem && (
          <div className="field-error" role="alert">
            <ProblemText problem={problem} />
          </div>
        )}
        <section className="gate-fingerprint" aria-live="polite">
          {fingerprint ? (
            <>
              <p>{t.link.byHand.compare}</p>
              <Fingerprint value={fingerprint} testId={testIds.byHandFingerprint} />
              <p className="field-note">{t.link.byHand.same}</p>
            </>
          ) : (
            <p className="with-icon field-note">
              <Spinner /> {t.link.byHand.looking}
            </p>
          )}
        </section>
        <form className="gate-form" onSubmit={submit}>
          <label className="field">
            <span className="field-label">{t.link.byHand.key}</span>
            <input
              className="text-field is-mono"
              type="password"
              placeholder={t.link.byHand.keyPlaceholder}
              value={key}
              maxLength={200}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              aria-invalid={wrong}
              data-testid={testIds.byHandKey}
              onChange={(event) => setKey(event.target.value)}
            />
          </label>
          {wrong && (
            <p className="field-error" role="alert">
              {t.link.byHand.keyWrong}
            </p>
          )}
          <label className="scope-row">
            <input
              type="checkbox"
              checked={keep}
              data-testid={testIds.byHandKeep}
              onChange={(event) => setKeep(event.target.checked)}
            />
            <span className="scope-text">
              {t.link.byHand.remember}
              <span className="access-facts interface-addresses">{t.link.byHand.rememberNote}</span>
            </span>
          </label>
          <Button
            type="submit"
            variant="primary"
            size="large"
            off={!fingerprint ? t.off.wait : key.trim() === '' && t.off.incomplete}
            data-testid={testIds.byHandConnect}
          >
            {t.link.byHand.connect}
          </Button>
        </form>
        {location.protocol === 'http:' && <p className="note-box">{t.link.byHand.plain}</p>}
        <KeptMessages />
      </div>
    </main>
  );
}
