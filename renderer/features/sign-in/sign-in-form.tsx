import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { PasswordField } from './password-field.tsx';
import { setUpPassword, signInByPassword } from './sign-in-requests.ts';

/** Starts the page anew, as the one who has just signed in. */
const enter = (): void => location.reload();

/** The password; in the first-run setup, the code and a new one. */
export function SignInForm({ setup }: { setup: boolean }) {
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const failed = setup ? await setUpPassword(code.trim(), password) : await signInByPassword(password);
    if (failed === null) return enter();
    setBusy(false);
    setProblem(failed);
    field.current?.select();
  };
  return (
    <form className="sign-in-form" onSubmit={(event) => void submit(event)}>
      {setup && (
        <label className="field">
          <span className="field-label">{t.signIn.setup.code}</span>
          <input
            ref={field}
            className="text-field is-mono"
            value={code}
            maxLength={100}
            required
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="qdc_…"
            data-testid={testIds.setupCode}
            onChange={(event) => setCode(event.target.value)}
          />
        </label>
      )}
      <PasswordField
        ref={setup ? undefined : field}
        label={setup ? t.signIn.setup.password : t.signIn.password}
        kind={setup ? 'new-password' : 'current-password'}
        value={password}
        onChange={setPassword}
        {...(setup && { note: t.signIn.setup.note })}
        invalid={problem?.code === 'unauthorized'}
        testId={testIds.signInPassword}
      />
      <div role="alert" data-testid={testIds.signInProblem}>
        {problem && (
          <div className="field-error">
            <ProblemText problem={problem} />
          </div>
        )}
      </div>
      <Button type="submit" variant="primary" size="large" disabled={busy} data-testid={testIds.signInSubmit}>
        {busy ? t.signIn.submitting : setup ? t.signIn.setup.submit : t.signIn.submit}
      </Button>
    </form>
  );
}
