import { type FormEvent, useState } from 'react';
import type { SignInWays } from '../../../main/protocol/access.ts';
import type { Problem } from '../../../main/protocol/errors.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { CopyableCommand } from '../../ui/copyable-command.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { readEmails, wrongEmail } from './allowed-emails.ts';
import { PasswordField } from './password-field.tsx';

/** The identity provider: who it is, who may come in by it, and a test before it is relied on. @param base - address of the gateway. */
export function ProviderSettings({
  oidc,
  base,
  onChanged,
}: {
  oidc: SignInWays['oidc'];
  base: string | null;
  onChanged: () => void;
}) {
  const client = useClient();
  const [issuer, setIssuer] = useState(oidc?.issuer ?? '');
  const [clientId, setClientId] = useState(oidc?.client_id ?? '');
  const [secret, setSecret] = useState('');
  const [emails, setEmails] = useState(oidc?.allowed_emails.join('\n') ?? '');
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState<'test' | 'save' | null>(null);
  const [removing, setRemoving] = useState(false);
  const allowed_emails = readEmails(emails);
  const wrong = wrongEmail(allowed_emails);

  const ask = async <T,>(
    what: 'test' | 'save',
    question: Parameters<typeof client.request>[0],
    good: (value: T) => string,
  ): Promise<boolean> => {
    setBusy(what);
    setProblem(null);
    setSaid('');
    const answer = await client.request<T>(question);
    setBusy(null);
    if (answer.ok) setSaid(good(answer.value));
    else setProblem(answer.problem);
    return answer.ok;
  };
  const test = () =>
    ask<{ issuer: string }>('test', { type: 'oidc_test', issuer: issuer.trim() }, (found) =>
      t.signIn.settings.works(found.issuer),
    );
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const settings = { issuer: issuer.trim(), client_id: clientId.trim(), allowed_emails };
    const saved = await ask(
      'save',
      { type: 'oidc_set', oidc: settings, ...(secret !== '' && { client_secret: secret }) },
      () => t.signIn.settings.saved,
    );
    if (!saved) return;
    setSecret('');
    onChanged();
  };
  const remove = async (): Promise<void> => {
    if (!(await ask('save', { type: 'oidc_set', oidc: null }, () => t.signIn.settings.saved))) return;
    setIssuer('');
    setClientId('');
    setEmails('');
    onChanged();
  };
  return (
    <form
      className="card sign-in-section"
      onSubmit={(event) => void save(event)}
      data-testid={testIds.providerSettings}
    >
      <h2>{t.signIn.settings.providerTitle}</h2>
      <p className="field-note">{t.signIn.settings.providerLead}</p>
      {base !== null && <CopyableCommand command={`${base}/auth/callback`} />}
      <label className="field">
        <span className="field-label">{t.signIn.settings.issuer}</span>
        <span className="sign-in-issuer">
          <input
            className="text-field"
            type="url"
            required
            maxLength={500}
            placeholder={t.signIn.settings.issuerPlaceholder}
            value={issuer}
            data-testid={testIds.oidcIssuer}
            onChange={(event) => setIssuer(event.target.value)}
          />
          <Button
            disabled={busy !== null}
            off={issuer.trim() === '' && t.off.incomplete}
            data-testid={testIds.oidcTest}
            onClick={() => void test()}
          >
            {busy === 'test' ? t.signIn.settings.testing : t.signIn.settings.test}
          </Button>
        </span>
      </label>
      <label className="field">
        <span className="field-label">{t.signIn.settings.client}</span>
        <input
          className="text-field"
          required
          maxLength={300}
          spellCheck={false}
          value={clientId}
          data-testid={testIds.oidcClient}
          onChange={(event) => setClientId(event.target.value)}
        />
      </label>
      <PasswordField
        label={t.signIn.settings.secret}
        kind="off"
        required={false}
        {...(oidc?.secret_stored && { placeholder: t.signIn.settings.secretKept })}
        value={secret}
        onChange={setSecret}
        testId={testIds.oidcSecret}
      />
      <label className="field">
        <span className="field-label">{t.signIn.settings.emails}</span>
        <textarea
          className="text-field"
          rows={3}
          spellCheck={false}
          autoCapitalize="none"
          value={emails}
          aria-invalid={wrong !== null || undefined}
          data-testid={testIds.oidcEmails}
          onChange={(event) => setEmails(event.target.value)}
        />
      </label>
      <p className="field-note">{wrong === null ? t.signIn.settings.emailsNote : t.signIn.settings.badEmail(wrong)}</p>
      {problem && (
        <div className="field-error" role="alert">
          <ProblemText problem={problem} />
        </div>
      )}
      <div className="form-actions">
        <span role="status" data-testid={testIds.oidcSaid}>
          {said}
        </span>
        {oidc && (
          <Button variant="quiet" disabled={busy !== null} onClick={() => setRemoving(true)}>
            {t.signIn.settings.removeProvider}
          </Button>
        )}
        <Button
          type="submit"
          variant="primary"
          disabled={busy !== null}
          off={wrong !== null && t.off.incomplete}
          data-testid={testIds.oidcSave}
        >
          {busy === 'save' ? t.signIn.settings.saving : t.signIn.settings.save}
        </Button>
      </div>
      {removing && (
        <ConfirmDialog
          title={t.signIn.settings.removeProviderTitle}
          note={t.signIn.settings.removeProviderNote}
          action={t.signIn.settings.removeProvider}
          onConfirm={() => void remove()}
          onClose={() => setRemoving(false)}
        />
      )}
    </form>
  );
}
