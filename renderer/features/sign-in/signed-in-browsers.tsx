import type { Login } from '../../../main/protocol/access.ts';
import { formatSince } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';

/** Browsers that are signed in, each with a button that ends it. One's own is signed out by the same button. */
export function SignedInBrowsers({
  logins,
  lifetimeHours,
  onChanged,
}: {
  logins: readonly Login[];
  lifetimeHours: number;
  onChanged: () => void;
}) {
  const client = useClient();
  const revoke = async (id: string): Promise<void> => {
    const answer = await client.request({ type: 'logins_revoke', id });
    if (!answer.ok) client.report(answer.problem);
    onChanged();
  };
  const setLifetime = async (lifetime_hours: number): Promise<void> => {
    const answer = await client.request({ type: 'sign_in_set', lifetime_hours });
    if (!answer.ok) client.report(answer.problem);
    onChanged();
  };
  const choices = [...new Set([...Object.keys(t.signIn.settings.lifetimes).map(Number), lifetimeHours])].sort(
    (a, b) => a - b,
  );
  return (
    <section className="card sign-in-section">
      <h2>{t.signIn.settings.browsersTitle}</h2>
      <label className="field">
        <span className="field-label">{t.signIn.settings.lifetime}</span>
        <select
          className="text-field"
          value={lifetimeHours}
          data-testid={testIds.loginLifetime}
          onChange={(event) => void setLifetime(Number(event.target.value))}
        >
          {choices.map((hours) => (
            <option key={hours} value={hours}>
              {t.signIn.settings.lifetimes[hours] ?? t.signIn.settings.hours(hours)}
            </option>
          ))}
        </select>
      </label>
      <p className="field-note">{t.signIn.settings.lifetimeNote}</p>
      <ul className="sign-in-list">
        {logins.map((login) => (
          <li
            key={login.id}
            className="sign-in-row"
            data-testid={testIds.loginRow}
            data-current={login.current || undefined}
          >
            <div>
              <p className="sign-in-name">
                {login.email ?? login.name}
                {login.current && <span className="sign-in-current">{t.signIn.settings.thisOne}</span>}
              </p>
              <p className="field-note">
                {[
                  login.email === null ? null : login.name,
                  login.address,
                  t.signIn.settings.by[login.by],
                  t.signIn.settings.seen(formatSince(login.last_seen_at, Date.now())),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
            <Button
              size="small"
              aria-label={t.signIn.settings.revokeLabel(login.email ?? login.name)}
              data-testid={testIds.loginRevoke}
              onClick={() => void revoke(login.id)}
            >
              {t.signIn.settings.revoke}
            </Button>
          </li>
        ))}
        {logins.length === 0 && <li className="field-note">{t.signIn.settings.none}</li>}
      </ul>
    </section>
  );
}
