import { useEffect, useState } from 'react';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { SignInForm } from './sign-in-form.tsx';
import { askWaysIn, type WaysIn } from './sign-in-requests.ts';

/** Undefined: not known yet. Null: no way but a link is offered here. */
export function useWaysIn(): WaysIn | null | undefined {
  const [ways, setWays] = useState<WaysIn | null | undefined>(undefined);
  useEffect(() => {
    let left = false;
    void askWaysIn().then((found) => {
      const offers = found !== null && (found.password_enabled || found.oidc_enabled || found.setup_required);
      if (!left) setWays(offers ? found : null);
    });
    return () => {
      left = true;
    };
  }, []);
  return ways;
}

/** What is set up, and nothing else: the password, the identity provider, or the first-run setup. */
export function SignInWays({ ways }: { ways: WaysIn }) {
  return (
    <>
      <h1>{ways.setup_required ? t.signIn.setup.title : t.signIn.title}</h1>
      <p>{ways.setup_required ? t.signIn.setup.lead : t.signIn.lead}</p>
      {(ways.password_enabled || ways.setup_required) && <SignInForm setup={ways.setup_required} />}
      {ways.oidc_enabled && ways.oidc_host !== null && (
        <a
          className="button button-plain button-large sign-in-provider"
          href="/auth/oidc/login"
          data-testid={testIds.signInProvider}
        >
          <span className="button-label">{t.signIn.provider(ways.oidc_host)}</span>
        </a>
      )}
    </>
  );
}
