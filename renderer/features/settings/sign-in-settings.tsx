import type { Login, SignInWays } from '../../../main/protocol/access.ts';
import type { ServerStatus } from '../../../main/protocol/views.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { ProblemText } from '../../ui/problem-text.tsx';
import { PasswordSettings } from '../sign-in/password-settings.tsx';
import { ProviderSettings } from '../sign-in/provider-settings.tsx';
import { SignedInBrowsers } from '../sign-in/signed-in-browsers.tsx';
import { useQuery } from './use-query.ts';

/** How browsers sign in, and which ones have. */
export function SignInSettings() {
  const ways = useQuery<SignInWays>('sign_in_ways');
  const logins = useQuery<{ logins: Login[] }>('logins_list');
  const status = useQuery<ServerStatus>('status');
  const reload = (): void => {
    void ways.reload();
    void logins.reload();
  };
  const inBrowser = location.protocol === 'http:' || location.protocol === 'https:';
  const problem = ways.problem ?? logins.problem;
  return (
    <div className="sign-in-settings" data-testid={testIds.signInSettings}>
      <p className="lead">{t.signIn.settings.lead}</p>
      {problem && (
        <div className="field-error" role="alert">
          <ProblemText problem={problem} />
        </div>
      )}
      {ways.value && (
        <>
          <PasswordSettings isSet={ways.value.password} asksCurrent={inBrowser} onChanged={reload} />
          <ProviderSettings
            oidc={ways.value.oidc}
            base={inBrowser ? location.origin : (status.value?.url ?? null)}
            onChanged={reload}
          />
          <SignedInBrowsers
            logins={logins.value?.logins ?? []}
            lifetimeHours={ways.value.lifetime_hours}
            onChanged={reload}
          />
        </>
      )}
    </div>
  );
}
