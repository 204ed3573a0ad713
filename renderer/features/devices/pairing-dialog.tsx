import { Check, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { PairingOffer } from '../../../main/protocol/access.ts';
import type { Problem } from '../../../main/protocol/errors.ts';
import { go } from '../../store/route.ts';
import { formatClock } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useAccess, useClient } from '../../ui/client-context.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Fingerprint } from '../../ui/fingerprint.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { useNow } from '../../ui/use-now.ts';
import { type PairingRequest, pairingQuery } from './pair-form.tsx';
import { QrCode } from './qr-code.tsx';

interface PairingDialogProps {
  request: PairingRequest;
  first: PairingOffer;
  onClose: () => void;
}

/** The code for a device to scan, until it was taken or has run out. Closing takes back a code that nobody has used. */
export function PairingDialog({ request, first, onClose }: PairingDialogProps) {
  const client = useClient();
  const [offer, setOffer] = useState(first);
  const [problem, setProblem] = useState<Problem | null>(null);
  const now = useNow('second');
  const paired = useAccess(({ paired }) => (paired?.pairing_id === offer.pairing_id ? paired.device : null));
  const state = paired ? 'paired' : offer.expires_at <= now ? 'ended' : 'waiting';
  const end = (): void => {
    if (state === 'waiting') void client.request({ type: 'pairing_cancel', pairing_id: offer.pairing_id });
    onClose();
  };
  const again = async (): Promise<void> => {
    const answer = await client.request<PairingOffer>(pairingQuery(request));
    if (answer.ok) setOffer(answer.value);
    setProblem(answer.ok ? null : answer.problem);
  };
  return (
    <Dialog
      title={t.access.pairing.title(request.name)}
      testId={testIds.pairingDialog}
      state={state}
      wide
      onClose={end}
    >
      {(close) => (
        <>
          {state === 'waiting' && (
            <Waiting
              offer={offer}
              secondsLeft={Math.ceil((offer.expires_at - now) / 1_000)}
              onOpenGateway={() => {
                close();
                go({ name: 'settings', tab: 'gateway' });
              }}
            />
          )}
          {state === 'ended' && (
            <div className="pairing-over">
              <p className="dialog-strong">{t.access.pairing.ended}</p>
              <p>{t.access.pairing.endedNote}</p>
            </div>
          )}
          {paired && (
            <div className="pairing-over" role="status" data-testid={testIds.pairingPaired}>
              <span className="pairing-tick">
                <Check size={26} aria-hidden />
              </span>
              <p className="dialog-strong">{t.access.pairing.paired(paired.name)}</p>
              <p>{t.access.pairing.pairedNote}</p>
              <Fingerprint value={paired.fingerprint} />
            </div>
          )}
          {problem && (
            <div className="field-error" role="alert">
              <ProblemText problem={problem} />
            </div>
          )}
          <div className="dialog-actions">
            {state === 'ended' && (
              <Button variant="primary" onClick={() => void again()}>
                {t.access.pairing.again}
              </Button>
            )}
            <Button
              variant={state === 'paired' ? 'primary' : 'plain'}
              data-testid={testIds.pairingDone}
              onClick={close}
            >
              {state === 'waiting'
                ? t.access.pairing.cancel
                : state === 'paired'
                  ? t.access.pairing.done
                  : t.common.close}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

interface WaitingProps {
  offer: PairingOffer;
  secondsLeft: number;
  onOpenGateway: () => void;
}

function Waiting({ offer, secondsLeft, onOpenGateway }: WaitingProps) {
  const [address, setAddress] = useState<string | null>(null);
  const shown = offer.links.find((one) => one.address === address)?.link ?? offer.link;
  return (
    <div className="pairing">
      <div className="pairing-scan">
        <QrCode text={shown} />
        <p className="pairing-clock" role="timer">
          {t.access.pairing.ends(formatClock(secondsLeft))}
        </p>
      </div>
      <div className="pairing-text">
        <p className="dialog-strong">{t.access.pairing.scan}</p>
        <p className="pairing-once">{t.access.pairing.scanNote}</p>
        <Reach offer={offer} onOpenGateway={onOpenGateway} />
        <div className="field">
          <p className="field-label is-minor" id="pairing-addresses">
            {t.access.pairing.addresses}
          </p>
          <ul className="address-list" aria-labelledby="pairing-addresses">
            {offer.links.map(({ address: one, link, reachable }) => (
              <li key={one}>
                <button
                  type="button"
                  className="address"
                  aria-pressed={link === shown}
                  title={t.access.pairing.showFor(one)}
                  data-testid={testIds.pairingAddress}
                  data-reachable={reachable}
                  onClick={() => setAddress(one)}
                >
                  <code>{one}</code>
                  <span className={reachable ? 'is-good-text' : 'is-wait-text'}>
                    {reachable ? t.access.pairing.reachable : t.access.pairing.unreachable}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </div>
        <div className="pairing-link">
          <code data-testid={testIds.pairingLink}>{shown}</code>
          <CopyButton text={shown} label={t.access.pairing.copyLink} showLabel />
        </div>
        <div className="field">
          <p className="field-label is-minor">{t.access.devices.fingerprint}</p>
          <Fingerprint value={offer.fingerprint} />
        </div>
        <div className="note-box">
          <p className="note-title">{t.access.pairing.plainTitle}</p>
          <p>{shown.startsWith('https:') ? t.access.pairing.tls : t.access.pairing.plain}</p>
        </div>
      </div>
    </div>
  );
}

const isLocal = (address: string): boolean => /^(127\.|\[?::1|localhost)/.test(address);

/** What stands in the way of a device that will try these addresses. */
function Reach({ offer, onOpenGateway }: Omit<WaitingProps, 'secondsLeft'>) {
  if (offer.links.every(({ address }) => isLocal(address)))
    return (
      <div className="note-box is-warning">
        <p className="note-title">
          <TriangleAlert size={15} aria-hidden /> {t.access.pairing.onlyLocal}
        </p>
        <p>{t.access.pairing.onlyLocalNote}</p>
        <Button size="small" onClick={onOpenGateway}>
          {t.access.pairing.openGateway}
        </Button>
      </div>
    );
  if (offer.links.some(({ reachable }) => reachable)) return null;
  return (
    <div className="note-box is-warning">
      <p className="note-title">
        <TriangleAlert size={15} aria-hidden /> {t.access.pairing.noneReachable}
      </p>
    </div>
  );
}
