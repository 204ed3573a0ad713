import { type FormEvent, useState } from 'react';
import type { SignInWays } from '../../../main/protocol/access.ts';
import type { Problem } from '../../../main/protocol/errors.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useConnection } from '../../ui/client-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { PasswordField } from './password-field.tsx';

/** Sets, changes and removes the password. In the window the present one is not asked for: there it is the owner. */
export function PasswordSettings({
  isSet,
  asksCurrent,
  onChanged,
}: {
  isSet: boolean;
  asksCurrent: boolean;
  onChanged: () => void;
}) {
  const client = useClient();
  const online = useConnection((view) => view.link.status === 'open');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [state, setState] = useState<'idle' | 'busy' | 'done'>('idle');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [removing, setRemoving] = useState(false);
  const needsCurrent = isSet && asksCurrent;

  const save = async (password: string | null): Promise<void> => {
    setState('busy');
    setProblem(null);
    const answer = await client.request<SignInWays>({
      type: 'password_set',
      password,
      ...(needsCurrent && { current }),
    });
    setState(answer.ok ? 'done' : 'idle');
    if (!answer.ok) return setProblem(answer.problem);
    setCurrent('');
    setNext('');
    onChanged();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save(next);
  };
  return (
    <form className="card sign-in-section" onSubmit={submit} data-testid={testIds.passwordSettings}>
      <h2>{t.signIn.settings.passwordTitle}</h2>
      <p className="field-note">{isSet ? t.signIn.settings.passwordOn : t.signIn.settings.passwordOff}</p>
      {needsCurrent && (
        <PasswordField
          label={t.signIn.settings.current}
          kind="current-password"
          value={current}
          onChange={setCurrent}
          invalid={problem?.code === 'unauthorized'}
          testId={testIds.passwordCurrent}
        />
      )}
      <PasswordField
        label={t.signIn.settings.next}
        kind="new-password"
        value={next}
        onChange={setNext}
        note={t.signIn.settings.endsOthers}
        testId={testIds.passwordNew}
      />
      {problem && (
        <div className="field-error" role="alert">
          <ProblemText problem={problem} />
        </div>
      )}
      <div className="form-actions">
        <span role="status">{state === 'done' && t.signIn.settings.changed}</span>
        {isSet && (
          <Button
            variant="quiet"
            disabled={state === 'busy'}
            off={!online ? t.off.offline : needsCurrent && current === '' && t.off.incomplete}
            onClick={() => setRemoving(true)}
          >
            {t.signIn.settings.remove}
          </Button>
        )}
        <Button
          type="submit"
          variant="primary"
          disabled={state === 'busy'}
          off={!online ? t.off.offline : next.length < 8 && t.off.incomplete}
          data-testid={testIds.passwordSave}
        >
          {state === 'busy' ? t.signIn.settings.saving : isSet ? t.signIn.settings.change : t.signIn.settings.set}
        </Button>
      </div>
      {removing && (
        <ConfirmDialog
          title={t.signIn.settings.removeTitle}
          note={t.signIn.settings.removeNote}
          action={t.signIn.settings.remove}
          onConfirm={() => void save(null)}
          onClose={() => setRemoving(false)}
        />
      )}
    </form>
  );
}
