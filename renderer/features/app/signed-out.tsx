import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useConnection } from '../../ui/client-context.ts';
import { CopyableCommand } from '../../ui/copyable-command.tsx';
import { Logo } from '../../ui/logo.tsx';
import { KeptMessages } from '../link/kept-messages.tsx';

/** This browser has no access: how to get a link. */
export function SignedOut() {
  const used = useConnection((view) => view.link.status === 'signed_out' && view.link.reason === 'link_used');
  return (
    <main className="signed-out" data-testid={testIds.signedOut}>
      <div className="signed-out-card">
        <Logo size={40} />
        <h1>{t.signedOut.title}</h1>
        <p>{used ? t.signedOut.used : t.signedOut.none}</p>
        <p>{t.signedOut.next}</p>
        <CopyableCommand command={t.signedOut.command} />
        <Button onClick={() => location.reload()}>{t.signedOut.again}</Button>
        <KeptMessages />
      </div>
    </main>
  );
}
