import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useConnection } from '../../ui/client-context.ts';
import { CopyableCommand } from '../../ui/copyable-command.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Logo } from '../../ui/logo.tsx';
import { KeptMessages } from '../link/kept-messages.tsx';
import { SignInWays, useWaysIn } from '../sign-in/sign-in-ways.tsx';

/** This browser has no access: the ways in that are set up, and how to get a link. */
export function SignedOut() {
  const used = useConnection((view) => view.link.status === 'signed_out' && view.link.reason === 'link_used');
  const ways = useWaysIn();
  return (
    <main className="signed-out" data-testid={testIds.signedOut}>
      <div className="signed-out-card" aria-busy={ways === undefined}>
        <Logo size={40} />
        {used && ways && <p role="status">{t.signedOut.used}</p>}
        {ways && (
          <>
            <SignInWays ways={ways} />
            <Fold summary={t.signIn.orLink}>{() => <LinkSteps />}</Fold>
          </>
        )}
        {ways === null && (
          <>
            <h1>{t.signedOut.title}</h1>
            <p>{used ? t.signedOut.used : t.signedOut.none}</p>
            <LinkSteps />
            <Button onClick={() => location.reload()}>{t.signedOut.again}</Button>
          </>
        )}
        <KeptMessages />
      </div>
    </main>
  );
}

function LinkSteps() {
  return (
    <>
      <p>{t.signedOut.next}</p>
      <CopyableCommand command={t.signedOut.command} />
    </>
  );
}
