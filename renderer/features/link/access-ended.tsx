import { useState } from 'react';
import type { EndReason } from '../../bridge.ts';
import { t } from '../../strings/index.ts';
import { told } from '../../strings/said.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useConnection } from '../../ui/client-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Logo } from '../../ui/logo.tsx';
import { KeptMessages } from './kept-messages.tsx';

export type SealedEnd = Exclude<EndReason, 'no_access' | 'link_used'>;

/** The sealed link has ended for good: what that means, what to do, and what was typed here and not sent. Nothing is forgotten unasked. */
export function AccessEnded({ reason }: { reason: SealedEnd }) {
  const { bridge } = useClient();
  const [asking, setAsking] = useState(false);
  const problem = useConnection(({ link }) => (link.status === 'signed_out' ? link.problem : undefined));
  const words = t.link.reason[reason];
  return (
    <main className="gate" data-testid={testIds.accessEnded} data-reason={reason}>
      <div className="gate-card">
        <Logo size={40} />
        <h1>{words.title}</h1>
        {problem && <p className="note-box">{told(problem).message}</p>}
        <p className="gate-text">{words.means}</p>
        <p className="gate-text">{words.next}</p>
        <div className="gate-actions">
          <Button onClick={() => bridge.reconnectNow()}>{t.link.retry}</Button>
          {bridge.sealed && (
            <Button variant="danger" onClick={() => setAsking(true)}>
              {t.link.forget}
            </Button>
          )}
        </div>
        <KeptMessages />
      </div>
      {asking && (
        <ConfirmDialog
          title={t.link.forgetTitle}
          note={t.link.forgetNote}
          action={t.link.forget}
          onConfirm={() => void bridge.sealed?.forget()}
          onClose={() => setAsking(false)}
        />
      )}
    </main>
  );
}
